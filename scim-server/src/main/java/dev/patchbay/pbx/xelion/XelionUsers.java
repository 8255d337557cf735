package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.DeleteUser;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpCall;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Xelion's users: accounts, each with a Person of the address book. */
final class XelionUsers {
  static final String FOLDER = "/users";

  private final XelionApi api;
  private final XelionPersons persons;
  private final Set<String> roles;
  private final XelionAccounts accounts;
  private final XelionChanges changes;
  private final XelionSettings.NewUsers usual;

  XelionUsers(
      XelionApi api,
      XelionPersons persons,
      XelionAccounts accounts,
      XelionChanges changes,
      XelionSettings settings) {
    this.api = api;
    this.persons = persons;
    this.roles = Set.copyOf(settings.roles());
    this.accounts = accounts;
    this.changes = changes;
    this.usual = settings.newUsers();
  }

  /** As Xelion gives it back, in one of the languages it is known to have. */
  PbxUser canonical(PbxUser desired) {
    var locale = desired.get(PbxField.LOCALE).flatMap(usual.locales()::known);
    return XelionUserJson.canonical(desired.with(PbxField.LOCALE, locale));
  }

  Stream<Found<PbxUser>> all() {
    return XelionPages.of(api, api::time, "user list", FOLDER, XelionAccounts.INCLUDE)
        .map(XelionUsers::listed);
  }

  private static Found<PbxUser> listed(ObjectNode account) {
    return new Found<>(
        XelionUserJson.key(account).ref(),
        new PbxUser(XelionUserJson.read(account)),
        Optional.empty(),
        false);
  }

  /** The account with its Person; of a Person of ours without an account, what the Person holds. */
  Optional<Found<PbxUser>> one(PbxRef ref) {
    XelionKey key = XelionKey.of(ref);
    CallTime time = api.time();
    if (key.account().isEmpty()) {
      return key.person().flatMap(oid -> persons.one(oid, time)).map(this::interrupted);
    }
    HttpCall call = HttpCall.read("user read", path(key.account().get()));
    return api.find(call, time)
        .map(account -> whole(account, time))
        .or(() -> left(key, time).map(this::interrupted).map(half -> known(half, ref)));
  }

  private Optional<ObjectNode> left(XelionKey key, CallTime time) {
    Optional<ObjectNode> person = persons.of(key, time);
    if (person.filter(it -> XelionPersonJson.isOf(key, it)).isPresent()) {
      throw api.errors()
          .unreachable(
              "pbx '" + api.errors().pbx() + "' answers 404 to a user read and still has it");
    }
    return person.filter(persons::isLeft);
  }

  /** A delete that ended half way has to be sent again, and so is not done yet. */
  private static Found<PbxUser> known(Found<PbxUser> half, PbxRef ref) {
    return new Found<>(ref, half.value(), half.createdAt(), half.managedByPbx());
  }

  private Found<PbxUser> whole(ObjectNode account, CallTime time) {
    var fields = new EnumMap<PbxField, String>(XelionUserJson.read(account));
    usual.locales().read(account).ifPresent(tag -> fields.put(PbxField.LOCALE, tag));
    XelionKey key = XelionUserJson.key(account);
    Optional<ObjectNode> person = key.person().flatMap(oid -> persons.one(oid, time));
    person.ifPresent(it -> fields.putAll(persons.json().read(it)));
    return new Found<>(key.ref(), new PbxUser(fields), Optional.of(madeAt(person)), false);
  }

  /** Whoever was not made by the bridge was there before anything of its was sent. */
  private Instant madeAt(Optional<ObjectNode> person) {
    return person.flatMap(persons.json()::mark).map(XelionMark::madeAt).orElse(Instant.EPOCH);
  }

  /**
   * A Person whose account was never made. It has no user name: whoever wants the user deletes the
   * Person and begins again.
   */
  private Found<PbxUser> interrupted(ObjectNode person) {
    Map<PbxField, String> fields = persons.json().read(person);
    fields.put(PbxField.ENABLED, "false");
    return new Found<>(
        XelionKey.interrupted(person.path("oid").asText()).ref(),
        new PbxUser(fields),
        Optional.of(madeAt(Optional.of(person))),
        false);
  }

  /** Who has that user name; two at most. */
  List<Found<PbxUser>> called(String name) {
    CallTime time = api.time();
    return accounts.called(name, time).limit(2).map(account -> whole(account, time)).toList();
  }

  /** What an interrupted create of the user left behind, by its name. */
  List<Found<PbxUser>> leftBehind(PbxUser user) {
    String name = user.get(PbxField.NAME).orElse("");
    return persons
        .leftBehind(user, api.time())
        .map(this::interrupted)
        .map(half -> named(half, name))
        .toList();
  }

  private static Found<PbxUser> named(Found<PbxUser> found, String name) {
    return new Found<>(
        found.ref(),
        found.value().with(PbxField.NAME, Optional.of(name)),
        found.createdAt(),
        found.managedByPbx());
  }

  /** Account and Person are two objects, and changed by two calls. */
  PbxRef update(UpdateUser call) {
    boolean ofAccount =
        XelionUserJson.OF_ACCOUNT.fields().containsAll(call.changed())
            && XelionUserJson.OF_ACCOUNT.secrets().containsAll(call.secrets().keySet());
    boolean ofPerson =
        XelionUserJson.OF_PERSON.fields().containsAll(call.changed()) && call.secrets().isEmpty();
    if (!ofAccount && !ofPerson) {
      throw new Rejected(Reason.UNSUPPORTED, "Xelion cannot set " + call.changed() + " at once");
    }
    var user = XelionUserJson.canonical(call.user());
    var kept = new UpdateUser(call.ref(), user, call.changed(), call.secrets());
    if (ofAccount) {
      change(kept);
    } else {
      persons.update(kept, personOf(kept), api.time(kept));
    }
    return call.ref();
  }

  private void change(UpdateUser call) {
    if (call.changed().contains(PbxField.ROLE)) {
      call.user().get(PbxField.ROLE).ifPresent(role -> checkRole(call, role));
    }
    changes.change(call, accountOf(call), api.time(call));
  }

  /** The roles of the settings alone: Xelion does not tell which it has, nor what they allow. */
  void checkRole(PbxCall call, String role) {
    if (!roles.contains(role)) {
      throw new Rejected(
          Reason.FORBIDDEN, "role '" + role + "' is not one of xcc-roles, for " + call.name());
    }
  }

  private static String accountOf(UpdateUser call) {
    return XelionKey.of(call.ref())
        .account()
        .orElseThrow(
            () -> new Rejected(Reason.ABSENT, "a Person without an account has no user to change"));
  }

  private String personOf(UpdateUser call) {
    return XelionKey.of(call.ref()).person().orElseThrow(() -> withoutPerson(call));
  }

  private Rejected withoutPerson(UpdateUser call) {
    return one(call.ref()).isEmpty()
        ? new Rejected(Reason.ABSENT, "Xelion has no such user, for " + call.name())
        : new Rejected(Reason.UNSUPPORTED, "the account has no Person to keep " + call.changed());
  }

  PbxRef delete(DeleteUser call) {
    XelionKey key = XelionKey.of(call.ref());
    CallTime time = api.time(call);
    if (key.account().isEmpty()) {
      persons.delete(call.name(), key.person().orElseThrow(), time);
      return call.ref();
    }
    String path = path(key.account().get());
    HttpCall look = HttpCall.read(call.name(), path);
    api.takeAway(XelionCalls.delete(call.name(), path), () -> isThere(look, key, time), time);
    key.person().ifPresent(oid -> persons.deleteAfterAccount(call.name(), oid, time));
    return call.ref();
  }

  /** Not every Xelion may know an account by its oid: its Person shows it, too. */
  private boolean isThere(HttpCall look, XelionKey key, CallTime time) {
    return api.find(look, time).isPresent()
        || persons.of(key, time).filter(it -> XelionPersonJson.isOf(key, it)).isPresent();
  }

  static String path(String oid) {
    return XelionCalls.path(FOLDER, oid);
  }
}
