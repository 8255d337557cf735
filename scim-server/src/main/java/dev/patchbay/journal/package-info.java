/** Durable work to be finished, and the log of what was done. */
@NullMarked
package dev.patchbay.journal;

import org.jspecify.annotations.NullMarked;
