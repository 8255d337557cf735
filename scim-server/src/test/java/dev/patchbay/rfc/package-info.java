/**
 * What RFC 7643, RFC 7644 and RFC 9865 ask for, a test for each rule, over real HTTP and knowing
 * nothing of the server. {@code docs/reference/rfc-conformance.md} has the rules and their tests.
 */
@NullMarked
package dev.patchbay.rfc;

import org.jspecify.annotations.NullMarked;
