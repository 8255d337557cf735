/** A user or group of the realm as the target shall see it. */
@NullMarked
package dev.patchbay.keycloak.snapshot;

import org.jspecify.annotations.NullMarked;
