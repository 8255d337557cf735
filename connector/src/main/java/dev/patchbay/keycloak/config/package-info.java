/** What an administrator says about a target: a SCIM server that a realm is sent to. */
@NullMarked
package dev.patchbay.keycloak.config;

import org.jspecify.annotations.NullMarked;
