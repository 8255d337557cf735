package dev.patchbay.pbx.api;

import java.util.Optional;

/**
 * How a user's phones are at this moment.
 *
 * @param registered whether any of them is signed in
 * @param presence what the user says of himself, in the phone system's words
 */
public record PbxStatus(boolean registered, Optional<String> presence) {}
