/** CRM.COM: users are created from a template, and nothing else can be done with them. */
@NullMarked
package dev.patchbay.pbx.crmcom;

import org.jspecify.annotations.NullMarked;
