/** Speaks IPCortex PABX's JSON API {@code /rest/ops}; see docs/reference/pbx/ipcortex.md. */
@NullMarked
package dev.patchbay.pbx.ipcortex;

import org.jspecify.annotations.NullMarked;
