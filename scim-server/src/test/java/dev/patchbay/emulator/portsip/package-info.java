@NullMarked
package dev.patchbay.emulator.portsip;

import org.jspecify.annotations.NullMarked;
