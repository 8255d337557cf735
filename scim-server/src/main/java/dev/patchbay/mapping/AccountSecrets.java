package dev.patchbay.mapping;

import dev.patchbay.config.Secret;
import dev.patchbay.mapping.InitialPassword.Origin;
import dev.patchbay.mapping.PasswordSettings.Initial;
import dev.patchbay.mapping.PasswordSettings.Passwords;
import dev.patchbay.pbx.api.PasswordPolicy;
import dev.patchbay.schema.Refusal;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides which passwords and PIN a user gets.
 *
 * @param policy what the PBX asks of passwords, the SIP password's included
 * @param random where generated ones come from; a {@link java.security.SecureRandom}
 */
public record AccountSecrets(
    PasswordSettings settings, PasswordPolicy policy, RandomGenerator random) {

  /** The password of a new user; refused when the one sent counts and breaks the policy. */
  public InitialPassword initialPassword(Optional<Secret> sent, String name, String extension) {
    if (sent.isEmpty()) {
      return new InitialPassword(generated(name, extension), Origin.NONE_SENT);
    }
    if (settings.passwords() == Passwords.IGNORE || settings.initial() == Initial.GENERATE) {
      return new InitialPassword(generated(name, extension), Origin.SENT_IGNORED);
    }
    boolean weak = PasswordRules.violation(sent.get(), policy, name, extension).isPresent();
    if (weak && settings.initial() == Initial.GENERATE_IF_WEAK) {
      return new InitialPassword(generated(name, extension), Origin.SENT_WEAK);
    }
    return new InitialPassword(checked("password", sent.get(), name, extension), Origin.SENT);
  }

  /**
   * The password that the create of somebody brings who is on the PBX already; empty where a create
   * would have made one up.
   */
  public Optional<Secret> linkedPassword(Optional<Secret> sent, String name, String extension) {
    return switch (initialPassword(sent, name, extension).origin()) {
      case SENT -> sent;
      case NONE_SENT, SENT_IGNORED, SENT_WEAK -> Optional.empty();
    };
  }

  /** The password an existing user is to get; empty when none was sent or none is taken. */
  public Optional<Secret> newPassword(Optional<Secret> sent, String name, String extension) {
    return sent.filter(password -> settings.passwords() == Passwords.SYNC)
        .map(password -> checked("password", password, name, extension));
  }

  /** The SIP password: the one sent, else a generated one. */
  public Secret extensionPassword(Optional<Secret> sent, String name, String extension) {
    return newExtensionPassword(sent, name, extension).orElseGet(() -> generated(name, extension));
  }

  /** The SIP password an existing user is to get; empty when none was sent. */
  public Optional<Secret> newExtensionPassword(
      Optional<Secret> sent, String name, String extension) {
    return sent.map(password -> checked("extensionPassword", password, name, extension));
  }

  /** The voicemail PIN: the one sent, else a generated one. */
  public Secret voicemailPin(Optional<Secret> sent, String extension) {
    return newVoicemailPin(sent).orElseGet(() -> PinRules.generate(extension, random));
  }

  /** The voicemail PIN an existing user is to get; empty when none was sent. */
  public Optional<Secret> newVoicemailPin(Optional<Secret> sent) {
    return sent.map(
        pin -> {
          PinRules.violation(pin).ifPresent(rule -> refuse("voicemailPin", rule));
          return pin;
        });
  }

  private Secret generated(String name, String extension) {
    return PasswordRules.generate(policy, name, extension, random);
  }

  private Secret checked(String attribute, Secret password, String name, String extension) {
    PasswordRules.violation(password, policy, name, extension)
        .ifPresent(rule -> refuse(attribute, rule));
    return password;
  }

  private static void refuse(String attribute, String rule) {
    throw new Refusal(Refusal.Kind.INVALID_VALUE, attribute + " " + rule);
  }
}
