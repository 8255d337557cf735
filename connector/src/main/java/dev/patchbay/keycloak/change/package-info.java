/** Keycloak's events, read as keys of what may have changed. */
@NullMarked
package dev.patchbay.keycloak.change;

import org.jspecify.annotations.NullMarked;
