/** Where Keycloak meets the connector: factories, the REST resource, metrics. */
@NullMarked
package dev.patchbay.keycloak.provider;

import org.jspecify.annotations.NullMarked;
