/**
 * Phone systems to try the bridge against, built from the vendors' facts alone: it shares no class
 * with an adapter, else both would misread a vendor alike.
 */
@NullMarked
package dev.patchbay.emulator;

import org.jspecify.annotations.NullMarked;
