/** What an operator sees and does beside SCIM: how each PBX is doing, what waits, what is stuck. */
@NullMarked
package dev.patchbay.console;

import org.jspecify.annotations.NullMarked;
