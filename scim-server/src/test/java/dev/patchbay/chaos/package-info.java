/** The whole program under random traffic, killed and cut off again and again. */
@NullMarked
package dev.patchbay.chaos;

import org.jspecify.annotations.NullMarked;
