/** What keeps a PBX in trouble from being called, and what one short blip is not to be noticed. */
@NullMarked
package dev.patchbay.pbx.resilience;

import org.jspecify.annotations.NullMarked;
