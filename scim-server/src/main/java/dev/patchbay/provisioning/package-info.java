/** Turns SCIM writes into a phone system's state: what is asked for, and getting it there. */
@NullMarked
package dev.patchbay.provisioning;

import org.jspecify.annotations.NullMarked;
