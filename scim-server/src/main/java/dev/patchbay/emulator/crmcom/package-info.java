/** CRM.COM's Web API as far as the vendor's pages tell: tokens, and users made from templates. */
@NullMarked
package dev.patchbay.emulator.crmcom;

import org.jspecify.annotations.NullMarked;
