package dev.patchbay.telemetry;

import java.util.Optional;

/**
 * How a phone system is.
 *
 * @param reason why it cannot be worked with, in words that name nobody
 */
public record PhoneSystem(PhoneSystemState state, Optional<String> reason) {}
