@NullMarked
package dev.patchbay.pbx.http;

import org.jspecify.annotations.NullMarked;
