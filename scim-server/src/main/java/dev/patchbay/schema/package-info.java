/** What a SCIM resource looks like: one description of each attribute, and what follows from it. */
@NullMarked
package dev.patchbay.schema;

import org.jspecify.annotations.NullMarked;
