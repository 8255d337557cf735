/** Speaks PortSIP PBX's REST API, v22.0 to v22.6; see docs/reference/pbx/portsip.md. */
@NullMarked
package dev.patchbay.pbx.portsip;

import org.jspecify.annotations.NullMarked;
