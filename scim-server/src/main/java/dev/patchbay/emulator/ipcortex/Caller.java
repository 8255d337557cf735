package dev.patchbay.emulator.ipcortex;

import dev.patchbay.emulator.ipcortex.Account.Right;

/**
 * Who calls.
 *
 * @param id its {@code contact_id}; that of the service account is no user's
 */
record Caller(long id, String login, String company, Right right) {
  /** Below all users: SQLite begins to count at 1. */
  private static final long SERVICE_ACCOUNT = 0;

  static Caller of(Account account) {
    return new Caller(SERVICE_ACCOUNT, account.username(), account.company(), account.right());
  }

  static Caller of(Users.Row user) {
    Right right = user.role() == Role.ADMIN ? Right.SYSTEM_ADMIN : Right.NONE;
    return new Caller(user.id(), user.body().path("uname").asText(), user.company(), right);
  }

  boolean administrates() {
    return right != Right.NONE;
  }

  boolean administrates(String otherCompany) {
    return switch (right) {
      case SYSTEM_ADMIN -> true;
      case COMPANY_ADMIN -> company.equals(otherCompany);
      case NONE -> false;
    };
  }
}
