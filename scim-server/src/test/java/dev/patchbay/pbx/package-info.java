@NullMarked
package dev.patchbay.pbx;

import org.jspecify.annotations.NullMarked;
