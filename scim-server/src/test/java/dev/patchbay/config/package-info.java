@NullMarked
package dev.patchbay.config;

import org.jspecify.annotations.NullMarked;
