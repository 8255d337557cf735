package dev.patchbay.emulator.crmcom;

import dev.patchbay.emulator.Emulator;
import dev.patchbay.emulator.RateLimit;
import dev.patchbay.emulator.Vendor;
import java.io.IOException;
import java.net.URI;
import java.util.Set;

/**
 * CRM.COM's Web API of release 14 and later, as far as the vendor's pages tell: tokens, and users
 * made from templates. No call of it reads, changes or deletes a user; tests see them by {@code
 * /_emulator/users}.
 */
public final class CrmComEmulator extends Emulator {
  private static final Set<String> SECRETS = Set.of("token", "password", "password_confirmation");
  private static final Vendor VENDOR =
      new Vendor("crmcom", UsersApi.TABLES, SECRETS, Envelope::refusal);

  private final CrmComOptions options;

  private CrmComEmulator(CrmComOptions options) throws IOException {
    super(
        options.place(),
        VENDOR,
        RateLimit.none(),
        (routes, store) -> {
          var tokens = new Tokens(options.clock(), options.tokenLife());
          new SignInApi(options, tokens).addTo(routes);
          new UsersApi(store, options, tokens).addTo(routes);
        });
    this.options = options;
  }

  /**
   * Starts one, which answers when this returns.
   *
   * @throws IOException if its port is taken or its directory cannot be made
   */
  public static CrmComEmulator start(CrmComOptions options) throws IOException {
    return new CrmComEmulator(options);
  }

  @Override
  public URI baseUrl() {
    return URI.create(uri() + options.prefix());
  }
}
