package dev.patchbay.emulator.portsip;

/** A way to an access token. */
public enum AuthStyle {
  /** {@code POST /api/login/oauth/token}, v22.0 and later. */
  OAUTH,
  /** {@code POST /api/auth/sign_in}, v22.2 and later. */
  SIGNIN,
  /** A token made beforehand, for ever. */
  STATIC
}
