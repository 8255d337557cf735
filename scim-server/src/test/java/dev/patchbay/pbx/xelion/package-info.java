/** The Xelion adapter against the contract, the emulator and the vendor's examples. */
@NullMarked
package dev.patchbay.pbx.xelion;

import org.jspecify.annotations.NullMarked;
