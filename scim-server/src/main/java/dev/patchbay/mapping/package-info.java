/**
 * What a user or group of SCIM means to a phone system, and back: values, names, numbers, roles and
 * secrets, by a tenant's settings. Decides; calls and stores nothing.
 */
@NullMarked
package dev.patchbay.mapping;

import org.jspecify.annotations.NullMarked;
