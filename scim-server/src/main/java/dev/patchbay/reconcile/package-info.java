/** Drift between the directory and a phone system: found, reported and, by policy, repaired. */
@NullMarked
package dev.patchbay.reconcile;

import org.jspecify.annotations.NullMarked;
