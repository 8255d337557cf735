/** Holds the emulated Xelion to what the vendor's pages say. */
@NullMarked
package dev.patchbay.emulator.xelion;

import org.jspecify.annotations.NullMarked;
