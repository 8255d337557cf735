/** Our tables in Keycloak's database: changes, work, what the target is known to hold. */
@NullMarked
package dev.patchbay.keycloak.outbox;

import org.jspecify.annotations.NullMarked;
