package dev.patchbay.mapping;

import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxNameForm;
import dev.patchbay.pbx.api.PbxReading;
import dev.patchbay.pbx.api.PbxRoleNames;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is known of a tenant's phone system before any call: what its settings are held to.
 *
 * @param names what its roles are called
 * @param offers what it can do; empty where its own settings are wrong, and nothing is known
 * @param roles all roles it has, by name; empty where only calls would tell
 * @param nameForm what its users' names may be made of
 */
public record KnownPbx(
    PbxRoleNames names, Optional<PbxCapabilities> offers, Set<String> roles, PbxNameForm nameForm) {
  public KnownPbx {
    roles = Set.copyOf(roles);
  }

  /** Of an adapter that was just opened; makes no call. */
  public static KnownPbx of(PbxRoleNames names, PbxAdapter adapter) {
    var never = new HashSet<>(names.never());
    never.addAll(adapter.keptRoles());
    var all = new PbxRoleNames(names.usual(), names.precedence(), never, names.privileged());
    return new KnownPbx(
        all, Optional.of(adapter.capabilities()), roles(adapter), adapter.nameForm());
  }

  /** Where no adapter can be opened: other settings are read all the same. */
  public static KnownPbx unopened(PbxRoleNames names) {
    return new KnownPbx(names, Optional.empty(), Set.of(), PbxNameForm.USUAL);
  }

  private static Set<String> roles(PbxAdapter adapter) {
    return adapter.capabilities().reading() == PbxReading.ALL
        ? Set.of()
        : adapter.roles().stream()
            .map(role -> role.value().name())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether its users have the field, as far as is known. */
  boolean holds(PbxField field) {
    return offers.map(pbx -> pbx.holds(field)).orElse(true);
  }

  /** Whether an existing user's field can be set to something else, as far as is known. */
  public boolean changes(PbxField field) {
    return offers.map(pbx -> pbx.changes(field)).orElse(true);
  }

  /** Whether it takes no user without the field. */
  boolean requires(PbxField field) {
    return offers.map(pbx -> pbx.fields().required().contains(field)).orElse(false);
  }

  /** The longest value of a field; empty without a limit. */
  Optional<Integer> longest(PbxField field) {
    return offers.flatMap(pbx -> Optional.ofNullable(pbx.maxLength().get(field)));
  }
}
