@NullMarked
package dev.patchbay.pbx.resilience;

import org.jspecify.annotations.NullMarked;
