/** A Xelion Phone System to try the bridge against, built from the vendor's facts alone. */
@NullMarked
package dev.patchbay.emulator.xelion;

import org.jspecify.annotations.NullMarked;
