/** Users and groups as the identity provider wants them. */
@NullMarked
package dev.patchbay.directory;

import org.jspecify.annotations.NullMarked;
