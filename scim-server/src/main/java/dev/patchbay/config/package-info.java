/** Settings: text to types, with errors that name the file, the key and what was expected. */
@NullMarked
package dev.patchbay.config;

import org.jspecify.annotations.NullMarked;
