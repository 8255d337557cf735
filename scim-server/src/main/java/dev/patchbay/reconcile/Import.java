package dev.patchbay.reconcile;

import dev.patchbay.database.Database;
import dev.patchbay.directory.Adoption;
import dev.patchbay.directory.Adoption.Identity;
import dev.patchbay.directory.Adoptions;
import dev.patchbay.directory.EntryType;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.provisioning.Inspection;
import dev.patchbay.reconcile.Candidate.State;
import dev.patchbay.schema.Refusal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an organisation has on its PBX already. Nothing of it is touched until an operator confirms
 * whose it is, and then only by the create of that person.
 */
public final class Import {
  private final String tenant;
  private final Database database;
  private final PbxAdapter pbx;
  private final Inspection inspection;
  private final Clock clock;

  public Import(
      String tenant, Database database, PbxAdapter pbx, Inspection inspection, Clock clock) {
    this.tenant = tenant;
    this.database = database.of(tenant);
    this.pbx = pbx;
    this.inspection = inspection;
    this.clock = clock;
  }

  /**
   * The users and groups that no entry knows, as the PBX lists them now.
   *
   * @throws dev.patchbay.pbx.api.PbxException when it does not
   */
  public List<Candidate> candidates() {
    var candidates = new ArrayList<Candidate>();
    var confirmed = confirmed();
    var known = inspection.known(EntryType.USER);
    try (var users = pbx.users()) {
      users
          .filter(it -> !known.containsKey(it.ref()) && !inspection.beingMade(it))
          .forEach(it -> candidates.add(of(it, confirmed)));
    }
    var knownGroups = inspection.known(EntryType.GROUP);
    try (var groups = pbx.groups()) {
      groups
          .filter(it -> !knownGroups.containsKey(it.ref()))
          .filter(it -> !inspection.groupBeingMade(it.value().name()))
          .forEach(it -> candidates.add(ofGroup(it, confirmed)));
    }
    // Who came into the directory while the lists were read is none.
    var now = inspection.known(EntryType.USER);
    candidates.removeIf(it -> it.type() == EntryType.USER && now.containsKey(it.ref()));
    return candidates;
  }

  private record Key(EntryType type, PbxRef ref) {}

  private Map<Key, Identity> confirmed() {
    var confirmed = new HashMap<Key, Identity>();
    database
        .read(handle -> Adoptions.all(handle, tenant))
        .forEach(
            row -> {
              var adoption = row.adoption();
              confirmed.put(new Key(adoption.type(), adoption.ref()), adoption.identity());
            });
    return confirmed;
  }

  private static Candidate of(Found<PbxUser> found, Map<Key, Identity> confirmed) {
    var identity = Optional.ofNullable(confirmed.get(new Key(EntryType.USER, found.ref())));
    return new Candidate(
        EntryType.USER,
        found.ref(),
        found.value().get(PbxField.NAME).orElse(""),
        found.value().get(PbxField.EXTENSION),
        found.value().get(PbxField.EMAIL),
        found.value().get(PbxField.DISPLAY_NAME),
        found.managedByPbx() ? State.MANAGED : state(identity),
        identity);
  }

  private static Candidate ofGroup(Found<PbxGroup> found, Map<Key, Identity> confirmed) {
    var identity = Optional.ofNullable(confirmed.get(new Key(EntryType.GROUP, found.ref())));
    return new Candidate(
        EntryType.GROUP,
        found.ref(),
        found.value().name(),
        Optional.empty(),
        Optional.empty(),
        found.value().description(),
        state(identity),
        identity);
  }

  private static State state(Optional<Identity> identity) {
    return identity.isPresent() ? State.CONFIRMED : State.FREE;
  }

  /**
   * From now on the create of the person with this identity takes this user, as it is on the PBX
   * now. Without an identity it is the user's e-mail there; a group is known by its name.
   *
   * @throws Refusal saying why not
   */
  public void confirm(EntryType type, PbxRef ref, Identity identity, String operator) {
    var adoption = type == EntryType.USER ? user(ref, identity) : group(ref);
    if (inspection.known(type).containsKey(ref)) {
      throw refused("it is in the directory already");
    }
    database.run(handle -> Adoptions.confirm(handle, tenant, adoption, operator, clock.instant()));
  }

  private Adoption user(PbxRef ref, Identity identity) {
    var found = pbx.user(ref).orElseThrow(() -> refused("it is not on the pbx"));
    if (found.managedByPbx()) {
      throw refused("the pbx keeps this user itself");
    }
    var user = found.value();
    var email = new Identity(Optional.empty(), Optional.empty(), user.get(PbxField.EMAIL));
    var known = identity.isEmpty() ? email : identity;
    if (known.isEmpty()) {
      throw refused("it has no e-mail: say by which userName or externalId it is known");
    }
    var name = user.get(PbxField.NAME).orElseThrow(() -> refused("it has no name"));
    if (pbx.capabilities().holds(PbxField.EXTENSION) && user.get(PbxField.EXTENSION).isEmpty()) {
      throw refused("it has no extension");
    }
    return new Adoption(EntryType.USER, ref, name, user.get(PbxField.EXTENSION), known);
  }

  private Adoption group(PbxRef ref) {
    var found = pbx.group(ref).orElseThrow(() -> refused("it is not on the pbx"));
    return new Adoption(
        EntryType.GROUP, ref, found.value().name(), Optional.empty(), Identity.NONE);
  }

  /** Takes a confirmation back; false when there is none, or it was used. */
  public boolean withdraw(EntryType type, PbxRef ref) {
    return database.write(handle -> Adoptions.withdraw(handle, tenant, type, ref));
  }

  private static Refusal refused(String why) {
    return new Refusal(Refusal.Kind.CONFLICT, why);
  }
}
