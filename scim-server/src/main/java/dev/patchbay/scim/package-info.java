/**
 * SCIM 2.0 over HTTP: requests become calls of lower packages, results and refusals become answers.
 */
@NullMarked
package dev.patchbay.scim;

import org.jspecify.annotations.NullMarked;
