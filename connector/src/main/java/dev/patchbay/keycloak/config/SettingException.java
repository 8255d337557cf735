package dev.patchbay.keycloak.config;

/** A setting cannot be what it is; the message says which, its value and what is expected. */
public final class SettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public SettingException(Setting setting, String problem) {
    super(setting.key() + ": " + problem);
    this.reason = setting.key() + ": " + problem;
  }

  /** The same as the message. */
  public String reason() {
    return reason;
  }
}
