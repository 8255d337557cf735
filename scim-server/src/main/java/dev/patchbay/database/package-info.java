/** The store: one data source, its migrations, and transactions that span directory and journal. */
@NullMarked
package dev.patchbay.database;

import org.jspecify.annotations.NullMarked;
