package dev.patchbay.directory;

import dev.patchbay.database.Database;
import dev.patchbay.schema.Filter.Comparison;
import dev.patchbay.schema.Filter.Literal;
import dev.patchbay.schema.Filter.Operator;
import dev.patchbay.schema.Target;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A list of the one user a filter names, as in {@code userName eq "ada"}: what identity providers
 * ask before each change. It costs half of what a list does that might have any length.
 */
record UserLookup(String tenant, UserRow.Key key, String value) {

  static Optional<UserLookup> of(ListQuery query) {
    var type = query.types().getFirst();
    boolean plain =
        query.types().size() == 1
            && type.name().equals(EntryType.USER.scimName())
            && query.sort().isEmpty()
            && query.paging().equals(new Paging.Index(1))
            && query.count() > 0;
    return plain
            && query.filter().orElse(null)
                instanceof Comparison(var path, var operator, Literal.Text(String text))
            && operator == Operator.EQ
        ? type.find(path).flatMap(it -> of(query.tenant(), it, text))
        : Optional.empty();
  }

  private static Optional<UserLookup> of(String tenant, Target target, String text) {
    return Stream.of(UserRow.Key.values())
        .filter(it -> it.label().equals(target.label()))
        .findFirst()
        .map(it -> new UserLookup(tenant, it, target.leaf().comparable(text)));
  }

  /** Empty if several users have that name. */
  Optional<Page> page(Database database) {
    return UserRow.find(database, tenant, key, value).map(users -> Page.of(users.size(), 1, users));
  }
}
