@NullMarked
package dev.patchbay.emulator.crmcom;

import org.jspecify.annotations.NullMarked;
