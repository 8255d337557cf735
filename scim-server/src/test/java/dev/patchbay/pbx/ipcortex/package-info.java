@NullMarked
package dev.patchbay.pbx.ipcortex;

import org.jspecify.annotations.NullMarked;
