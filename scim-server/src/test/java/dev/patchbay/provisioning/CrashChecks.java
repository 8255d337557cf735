package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Life;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxParts;
import dev.patchbay.pbx.api.PbxService;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.provisioning.CrashWorld.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Whether the PBX holds what reads show, and the store nothing it should not. */
final class CrashChecks {
  private final CrashWorld world;
  private final Look look;
  private final InMemoryPbx pbx;

  CrashChecks(CrashWorld world, Look look) {
    this.world = world;
    this.look = look;
    this.pbx = world.pbx();
  }

  /** At any time: what is shown as synced is so, and what the PBX has is reserved. */
  void atAnyTime() {
    reservations();
    look.shown()
        .forEach(
            (label, entry) -> {
              if (Provisioning.state(entry).equals("synced")) {
                held(label, entry);
              }
            });
  }

  /** A refusal names something that was not done. */
  void notDone(Write write) {
    var held = new TreeMap<>(look.directory());
    look.shown()
        .forEach(
            (label, entry) -> {
              if (entry.type() == EntryType.USER) {
                onPbx(entry).ifPresent(user -> held.putAll(facts(label, user)));
              } else if (entry.type() == EntryType.GROUP) {
                held.putAll(members(label, entry));
              }
            });
    var wanted = new TreeMap<>(write.facts());
    wanted.keySet().removeIf(fact -> fact.endsWith(".password"));
    assertThat(
            wanted.entrySet().stream()
                .allMatch(
                    it ->
                        held.getOrDefault(it.getKey(), Expectations.unsaid(it.getKey()))
                            .equals(it.getValue())))
        .as("refused although it is done")
        .isFalse();
  }

  /** Who is in the group on the PBX. */
  private Map<String, String> members(String group, Entry entry) {
    var members = new TreeMap<String, String>();
    var numbers = pbx.groupMembers().getOrDefault(Look.name(entry), Set.of());
    look.shown()
        .forEach(
            (label, user) -> {
              if (user.type() == EntryType.USER) {
                boolean in = numbers.contains(UserTarget.extension(user.resource()));
                members.put(group + "." + label, in ? Facts.IN : Facts.OUT);
              }
            });
    return members;
  }

  /** Everything is done, or blocked and says why; what takes away is done in any case. */
  void atRest() {
    for (Entry entry : look.entries()) {
      assertThat(entry.life() == Life.LIVE || entry.life() == Life.RETAINED || pbx.refusesSome())
          .as("life of " + Look.name(entry) + ": " + entry.life())
          .isTrue();
      if (entry.life() == Life.RETAINED) {
        retained(entry);
      }
    }
    look.shown().forEach(this::atRest);
    boolean waits = look.blocked() || pbx.refusesSome();
    if (!waits) {
      assertThat(world.open()).as("open plans").isZero();
      assertThat(
              world.query(
                  "select count(*) from reservation where settled = 0 and entry_id is not null"))
          .as("unsettled reservations")
          .isZero();
    }
    counts();
    reservations();
    secrets();
  }

  /** What came with an accepted request is set; of no other a password is quietly missing. */
  void password(Write write, Answer answer) {
    for (var fact : write.facts().entrySet()) {
      var label = fact.getKey().replaceFirst("\\..*", "");
      if (fact.getKey().endsWith(".password") && look.shown().containsKey(label)) {
        var entry = look.shown().get(label);
        boolean set =
            pbx.password(UserTarget.pbxName(entry.resource())).equals(Optional.of(fact.getValue()));
        boolean forward =
            answer == Answer.NONE && look.directory().entrySet().containsAll(rest(write));
        assertThat(
                set
                    || !(answer == Answer.ACCEPTED || forward)
                    || (answer == Answer.NONE
                        && !world.keepsSecrets()
                        && Provisioning.error(entry).contains("sent again")))
            .as("password of " + label + " after " + answer)
            .isTrue();
      }
    }
  }

  private static Set<Map.Entry<String, String>> rest(Write write) {
    var rest = new TreeMap<>(write.facts());
    rest.keySet().removeIf(fact -> fact.endsWith(".password"));
    return rest.entrySet();
  }

  private void atRest(String label, Entry entry) {
    boolean goes = entry.life() == Life.DELETING; // and the PBX refuses that for good
    boolean waits = entry.type() == EntryType.GROUP && pbx.refuses(PbxCall.CreateUser.class);
    if (waits && Provisioning.state(entry).equals("pending")) {
      return; // for a member that cannot be made again
    }
    assertThat(goes ? "blocked" : Provisioning.state(entry))
        .as("state of " + label)
        .isIn("synced", "blocked");
    if (Provisioning.state(entry).equals("synced")) {
      held(label, entry);
    } else {
      assertThat(Provisioning.error(entry)).as("reason of " + label).isNotEmpty();
      takenAway(label, entry);
    }
  }

  /** Kept, with its number, for nobody to work with. */
  private void retained(Entry entry) {
    if (pbx.refusesSome()) {
      return; // and so it may still be on its way
    }
    var user = onPbx(entry);
    assertThat(user).as("retained " + Look.name(entry)).isPresent();
    assertThat(user.orElseThrow().enabled()).as("retained works").isFalse();
    var number = UserTarget.extension(entry.resource());
    assertThat(pbx.groupMembers().values())
        .as("retained in a group")
        .noneMatch(it -> it.contains(number));
  }

  private void counts() {
    var types = new TreeMap<EntryType, Integer>();
    look.shown().values().forEach(entry -> types.merge(entry.type(), 1, Integer::sum));
    long retained = look.entries().stream().filter(it -> it.life() == Life.RETAINED).count();
    types.merge(EntryType.USER, (int) retained, Integer::sum);
    long all = look.entries().size() - look.shown().size() - retained;
    int hidden = pbx.refusesSome() ? (int) all : 0;
    assertThat(pbx.all().size() - hidden)
        .as("users on the pbx")
        .isLessThanOrEqualTo(types.getOrDefault(EntryType.USER, 0));
    assertThat(pbx.userGroups() - hidden)
        .as("groups on the pbx")
        .isLessThanOrEqualTo(types.getOrDefault(EntryType.GROUP, 0));
  }

  private void reservations() {
    assertThat(
            world.query(
                "select count(*) from reservation r where entry_id is not null"
                    + " and not exists (select 1 from entry e where e.id = r.entry_id)"))
        .as("reservations of nobody")
        .isZero();
    for (PbxUser user : pbx.all()) {
      reserved("pbxName", user.get(PbxField.NAME));
      reserved("extension", user.get(PbxField.EXTENSION));
      reserved("microsoft365", user.get(PbxField.MICROSOFT365));
      PbxParts.of(user.get(PbxField.PHONES))
          .byKey()
          .keySet()
          .forEach(mac -> reserved("mac", Optional.of(mac)));
    }
  }

  private void reserved(String kind, Optional<String> value) {
    value.ifPresent(it -> assertThat(look.reserved()).as("reserved").contains(kind + " " + it));
  }

  /** Passwords are all called Sesame. */
  private void secrets() {
    assertThat(
            world.query(
                "select (select count(*) from entry where resource like '%Sesame%')"
                    + " + (select count(*) from journal where wish like '%Sesame%')"
                    + " + (select count(*) from provisioning_log where detail like '%Sesame%')"))
        .as("passwords at rest")
        .isZero();
  }

  private void held(String label, Entry entry) {
    switch (entry.type()) {
      case USER -> {
        var user = onPbx(entry);
        assertThat(user).as("synced " + label).isPresent();
        assertThat(facts(label, user.get())).as("synced " + label).isEqualTo(facts(label));
      }
      case GROUP ->
          assertThat(pbx.groupMembers().get(Look.name(entry)))
              .as("synced " + label)
              .isEqualTo(look.extensions(label));
      case ROLE -> assertThat(pbx.roleNamed(Look.name(entry))).as("synced " + label).isPresent();
    }
  }

  /** What a blocked entry shows as taken away is. */
  private void takenAway(String label, Entry entry) {
    switch (entry.type()) {
      case USER -> onPbx(entry).ifPresent(user -> facts(label, user).forEach(this::takenAway));
      case GROUP ->
          Optional.of(pbx)
              .filter(it -> !it.refuses(carrier(entry)))
              .map(it -> it.groupMembers().get(Look.name(entry)))
              .ifPresent(
                  members ->
                      assertThat(look.extensions(label))
                          .as("members of blocked " + label)
                          .containsAll(members));
      case ROLE -> {}
    }
  }

  private void takenAway(String fact, String held) {
    assertThat(
            Facts.takesAway(fact, held, look.directory().get(fact)) && !pbx.refuses(carrier(fact)))
        .as("not taken away: " + fact)
        .isFalse();
  }

  /** The call that takes somebody out of the group. */
  private static Class<? extends PbxCall> carrier(Entry group) {
    boolean service = group.applied().ref().flatMap(PbxService::of).isPresent();
    return service ? PbxCall.ChangeMembers.class : PbxCall.RemoveMember.class;
  }

  /** The call that takes it away. */
  private static Class<? extends PbxCall> carrier(String fact) {
    if (fact.endsWith(".role")) {
      return PbxCall.ChangeRole.class;
    }
    return fact.endsWith(".ms365") ? PbxCall.UnbindMicrosoft365.class : PbxCall.UpdateUser.class;
  }

  private Optional<PbxUser> onPbx(Entry entry) {
    return pbx.named(UserTarget.pbxName(entry.resource()));
  }

  private static Map<String, String> facts(String label, PbxUser user) {
    var facts = new TreeMap<String, String>();
    facts.put(label + ".displayName", user.get(PbxField.DISPLAY_NAME).orElse(""));
    facts.put(label + ".active", user.get(PbxField.ENABLED).orElse(""));
    facts.put(label + ".role", user.get(PbxField.ROLE).orElse(""));
    facts.put(label + ".ms365", user.get(PbxField.MICROSOFT365).orElse(""));
    facts.put(label + ".phones", Facts.phones(PbxParts.of(user.get(PbxField.PHONES))));
    return facts;
  }

  private Map<String, String> facts(String label) {
    var facts = new TreeMap<String, String>();
    for (String fact : List.of("displayName", "active", "role", "ms365", "phones")) {
      facts.put(label + "." + fact, look.directory().get(label + "." + fact));
    }
    return facts;
  }
}
