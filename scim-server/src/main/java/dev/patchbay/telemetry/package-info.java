/** What operators and their machines see of the running bridge. */
@NullMarked
package dev.patchbay.telemetry;

import org.jspecify.annotations.NullMarked;
