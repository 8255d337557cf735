package dev.patchbay.mapping;

import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What membership of a group does; docs/reference/groups.md has the words. */
public sealed interface GroupKind {

  /** Membership of the PBX's user group of the same name. */
  record UserGroup() implements GroupKind {}

  /** Membership of something that is on the PBX already. */
  record OfService(PbxService service) implements GroupKind {}

  /** Whoever belongs to it is given something. */
  record Gives(Granted what) implements GroupKind {}

  /** Says which company its members are of, which is settled with their create. */
  record OfCompany() implements GroupKind {}

  /** Kept here; means nothing to the PBX. */
  record Bridge() implements GroupKind {}

  String USER_GROUP = "userGroup";
  String BRIDGE = "bridge";
  String COMPANY = "company";

  /** Every kind there is. */
  static List<String> all() {
    var kinds = new ArrayList<>(List.of(USER_GROUP, BRIDGE));
    Arrays.stream(Granted.values()).map(Granted::word).forEach(kinds::add);
    kinds.add(COMPANY);
    Arrays.stream(PbxService.values()).map(PbxService::word).forEach(kinds::add);
    return List.copyOf(kinds);
  }

  /** The kinds a group can have on this PBX, the usual one first. */
  static List<String> offered(PbxCapabilities pbx) {
    var kinds = new ArrayList<String>();
    if (pbx.groups()) {
      kinds.add(USER_GROUP);
    }
    kinds.add(BRIDGE);
    Arrays.stream(PbxService.values())
        .filter(pbx.services()::contains)
        .map(PbxService::word)
        .forEach(kinds::add);
    Arrays.stream(Granted.values())
        .filter(it -> it.offered(pbx))
        .map(Granted::word)
        .forEach(kinds::add);
    if (companies(pbx)) {
      kinds.add(COMPANY);
    }
    return List.copyOf(kinds);
  }

  /** Whether users have a company there, and keep it. */
  static boolean companies(PbxCapabilities pbx) {
    return pbx.holds(PbxField.COMPANY) && !pbx.changes(PbxField.COMPANY);
  }

  /** Whether the word is that of a kind that stands for something. */
  static boolean needsTarget(String word) {
    return switch (named(word)) {
      case OfService service -> true;
      case Gives gives -> true;
      case OfCompany company -> true;
      case UserGroup group -> false;
      case Bridge bridge -> false;
    };
  }

  /** The kind that is spelt so; an unknown word, of a PBX there once was, is the bridge's own. */
  static GroupKind named(String word) {
    return switch (word) {
      case USER_GROUP -> new UserGroup();
      case COMPANY -> new OfCompany();
      default ->
          PbxService.named(word)
              .<GroupKind>map(OfService::new)
              .or(() -> Granted.named(word).map(Gives::new))
              .orElseGet(Bridge::new);
    };
  }
}
