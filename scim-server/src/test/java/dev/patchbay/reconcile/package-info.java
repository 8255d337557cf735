@NullMarked
package dev.patchbay.reconcile;

import org.jspecify.annotations.NullMarked;
