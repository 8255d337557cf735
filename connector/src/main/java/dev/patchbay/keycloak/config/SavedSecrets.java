package dev.patchbay.keycloak.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.component.ComponentModel;

/**
 * Keeps a saved secret from being sent to another host, unless by somebody who knows it. Whoever
 * may change a target may not read its secrets; without this, a URL of his own would show them to
 * him. Keycloak puts the saved secret where its mask was sent back: that somebody has typed it
 * cannot be seen in its own place.
 */
public final class SavedSecrets {
  /** What is sent to a URL, or opens it by what is sent elsewhere. */
  private static final Map<Setting, List<Setting>> SECRETS =
      Map.of(
          Setting.SCIM_URL, List.of(Setting.TOKEN, Setting.OAUTH_CLIENT_SECRET),
          Setting.OAUTH_TOKEN_URL, List.of(Setting.OAUTH_CLIENT_SECRET));

  private SavedSecrets() {}

  /**
   * Returns if no secret goes where it did not go before.
   *
   * @throws SettingException naming the secret that has to be given anew
   */
  public static void check(ComponentModel saved, ComponentModel now) {
    SECRETS.forEach(
        (url, secrets) -> {
          if (leadsElsewhere(url, saved, now)) {
            secrets.forEach(each -> check(each, url, saved, now));
          }
        });
  }

  private static boolean leadsElsewhere(Setting setting, ComponentModel saved, ComponentModel now) {
    Optional<URI> other = url(setting, now);
    return other.isPresent()
        && url(setting, saved)
            .filter(each -> !HttpUrls.leadsElsewhere(each, other.get()))
            .isEmpty();
  }

  private static Optional<URI> url(Setting setting, ComponentModel component) {
    return HttpUrls.parse(text(setting, component));
  }

  private static void check(Setting secret, Setting url, ComponentModel saved, ComponentModel now) {
    String text = text(secret, now);
    boolean isSaved = !text.isEmpty() && text.equals(text(secret, saved));
    if (isSaved && !text.startsWith("${vault.") && !isKnown(text, now)) {
      throw new SettingException(
          secret,
          "expected another one than the saved, or ${vault.name}, or the same once more as "
              + Setting.SECRET_AGAIN.key()
              + ", since "
              + url.key()
              + " leads to another host");
    }
  }

  private static boolean isKnown(String secret, ComponentModel now) {
    return MessageDigest.isEqual(
        secret.getBytes(UTF_8), text(Setting.SECRET_AGAIN, now).getBytes(UTF_8));
  }

  /** What proves that somebody knows a secret is not saved beside it. */
  public static void forgetProof(ComponentModel now) {
    now.getConfig().remove(Setting.SECRET_AGAIN.key());
  }

  private static String text(Setting setting, ComponentModel component) {
    String value = component.get(setting.key());
    return value == null ? "" : value.strip();
  }
}
