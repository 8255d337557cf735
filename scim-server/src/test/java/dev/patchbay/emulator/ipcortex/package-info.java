@NullMarked
package dev.patchbay.emulator.ipcortex;

import org.jspecify.annotations.NullMarked;
