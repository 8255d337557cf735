package dev.patchbay.app;

import dev.patchbay.config.Section;
import dev.patchbay.config.TokenHash;
import dev.patchbay.provisioning.Sender;
import dev.patchbay.schema.IdentityProvider;
import java.util.Optional;

/**
 * A token an identity provider may come with.
 *
 * @param name for logs and for the administrator; unique in its tenant
 */
record TokenSettings(String name, TokenHash hash, IdentityProvider idp) {
  private static final String EXPECTED = "the hash that 'patchbay token' prints";

  /** Empty when the hash is missing or wrong; nothing else stands in for one. */
  static Optional<TokenSettings> from(Section section) {
    String name = section.string("name");
    IdentityProvider idp = section.choice("idp", IdentityProvider.AUTO);
    return hash(section).map(hash -> new TokenSettings(name, hash, idp));
  }

  /** Whoever comes with it. */
  Sender sender() {
    return new Sender(name, idp);
  }

  /** The token's hash; what is wrong with it was reported when empty. */
  static Optional<TokenHash> hash(Section section) {
    if (section.has("token")) {
      return given(section);
    }
    if (!section.has("hash")) {
      section.reject("hash", "is missing, expected " + EXPECTED + ", or token: file:PATH");
    }
    // Not Section.value: whoever wrote the token itself here must not find it in a log.
    return section
        .optionalString("hash")
        .flatMap(
            text -> {
              try {
                return Optional.of(TokenHash.parse(text));
              } catch (IllegalArgumentException e) {
                section.reject("hash", "expected " + EXPECTED + ", found something else");
                return Optional.empty();
              }
            });
  }

  /** The hash of a token that stands in a file, as container secrets do. */
  private static Optional<TokenHash> given(Section section) {
    if (section.has("hash")) {
      section.reject("hash", "expected no hash beside token");
    }
    return section.optionalSecret("token").map(TokenHash::of);
  }
}
