/** The only place that knows an HTTP client: sends one request and says what its fate means. */
@NullMarked
package dev.patchbay.pbx.http;

import org.jspecify.annotations.NullMarked;
