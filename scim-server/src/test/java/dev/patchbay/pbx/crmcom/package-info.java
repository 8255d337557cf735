@NullMarked
package dev.patchbay.pbx.crmcom;

import org.jspecify.annotations.NullMarked;
