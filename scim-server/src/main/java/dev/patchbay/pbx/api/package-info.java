/** What provisioning needs of a phone system, in no vendor's words. */
@NullMarked
package dev.patchbay.pbx.api;

import org.jspecify.annotations.NullMarked;
