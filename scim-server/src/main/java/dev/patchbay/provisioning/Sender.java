package dev.patchbay.provisioning;

import dev.patchbay.schema.IdentityProvider;

/**
 * Who sends a request.
 *
 * @param source name of its token, or of whoever else a change comes from: for the log, and for
 *     taking up unfinished work of its own
 * @param idp in whose ways it may speak
 */
public record Sender(String source, IdentityProvider idp) {}
