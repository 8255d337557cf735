/** The whole bridge against a whole emulated PBX: what both sides hold after what was asked. */
@NullMarked
package dev.patchbay.e2e;

import org.jspecify.annotations.NullMarked;
