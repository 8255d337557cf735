/** The stores tests run on. */
@NullMarked
package dev.patchbay.database;

import org.jspecify.annotations.NullMarked;
