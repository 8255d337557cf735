/** A PortSIP PBX to try the bridge against, built from the vendor's facts alone. */
@NullMarked
package dev.patchbay.emulator.portsip;

import org.jspecify.annotations.NullMarked;
