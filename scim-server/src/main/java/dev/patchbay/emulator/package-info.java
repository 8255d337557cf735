/**
 * What emulated phone systems have in common: faults on order, a call log, a memory that survives a
 * restart, and the calls that tests order all that by. They are built from the vendors' facts alone
 * and share no class with an adapter, else both would misread a vendor alike.
 */
@NullMarked
package dev.patchbay.emulator;

import org.jspecify.annotations.NullMarked;
