/** SCIM over HTTP, as a sender needs it. */
@NullMarked
package dev.patchbay.keycloak.client;

import org.jspecify.annotations.NullMarked;
