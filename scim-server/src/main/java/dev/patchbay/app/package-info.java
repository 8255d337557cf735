/** The program: its subcommands, its configuration and the wiring of everything below. */
@NullMarked
package dev.patchbay.app;

import org.jspecify.annotations.NullMarked;
