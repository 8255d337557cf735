/** From Keycloak's admin API to the phone system's. */
@NullMarked
package dev.patchbay.keycloak.e2e;

import org.jspecify.annotations.NullMarked;
