/** The few lines over Jetty that every HTTP surface of the bridge shares. */
@NullMarked
package dev.patchbay.web;

import org.jspecify.annotations.NullMarked;
