/** Measures the finished program: rates beside the floor they cannot pass, and JMH's figures. */
@NullMarked
package dev.patchbay.bench;

import org.jspecify.annotations.NullMarked;
