/** From the outbox to the target: one sender for each, in order for each key. */
@NullMarked
package dev.patchbay.keycloak.drain;

import org.jspecify.annotations.NullMarked;
