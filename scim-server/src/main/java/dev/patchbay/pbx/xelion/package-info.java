/** Xelion Phone System, API v1. */
@NullMarked
package dev.patchbay.pbx.xelion;

import org.jspecify.annotations.NullMarked;
