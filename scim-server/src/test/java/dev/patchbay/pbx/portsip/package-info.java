@NullMarked
package dev.patchbay.pbx.portsip;

import org.jspecify.annotations.NullMarked;
