/** IPCortex PABX, emulated from the vendor's pages. */
@NullMarked
package dev.patchbay.emulator.ipcortex;

import org.jspecify.annotations.NullMarked;
