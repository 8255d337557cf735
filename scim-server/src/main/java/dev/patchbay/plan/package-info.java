/** Deciding which calls take a phone system from what it holds to what is wanted; pure. */
@NullMarked
package dev.patchbay.plan;

import org.jspecify.annotations.NullMarked;
