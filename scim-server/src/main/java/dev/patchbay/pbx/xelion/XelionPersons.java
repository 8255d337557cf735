package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Persons of Xelion's address book that accounts belong to: xelion.md, "Persons". */
final class XelionPersons {
  private static final Logger LOG = LoggerFactory.getLogger(XelionPersons.class);
  private static final String FOLDER = "/addressables";

  private final XelionApi api;
  private final XelionPersonJson json;
  private final XelionSettings.Persons settings;
  private final Clock clock;
  private volatile Addresses addresses;

  /** What becomes of addresses that are sent with a new Person. */
  private enum Addresses {
    UNKNOWN,
    KEPT,
    DROPPED
  }

  XelionPersons(XelionApi api, XelionSettings.Persons settings, Clock clock) {
    this.api = api;
    this.json = new XelionPersonJson(XelionAddress.all(settings.emailType()));
    this.settings = settings;
    this.clock = clock;
    this.addresses =
        switch (settings.addressesOnCreate()) {
          case TRUE -> Addresses.KEPT;
          case FALSE -> Addresses.DROPPED;
          case LOOK -> Addresses.UNKNOWN;
        };
  }

  XelionPersonJson json() {
    return json;
  }

  /**
   * Makes the Person of a new user and answers its oid. When it is there but not whole, it is taken
   * back, or its fate is unknown.
   */
  String create(CreateUser call, CallTime time) {
    PbxUser user = call.user();
    var mark = new XelionMark(user.get(PbxField.NAME).orElseThrow(), clock.instant());
    ObjectNode body =
        addresses == Addresses.DROPPED ? XelionPersonJson.named(user) : json.whole(user, mark);
    ObjectNode made = api.created(XelionCalls.post(call.name(), FOLDER, body), time);
    String oid = made.path("oid").asText();
    if (addresses != Addresses.KEPT && json.hasMore(user)) {
      orTakenBack(call.name(), oid, time, () -> complete(call, oid, mark, time));
    }
    return oid;
  }

  /**
   * What a create answers is not all of a Person, and a PUT may blank what it leaves out. Without
   * its mark an account whose create was not answered would be taken for a stranger's.
   */
  private void complete(CreateUser call, String oid, XelionMark mark, CallTime time) {
    ObjectNode made = api.readFirst(look(call.name(), oid), time);
    if (json.mark(made).isPresent()) {
      addresses = Addresses.KEPT;
      return;
    }
    if (addresses == Addresses.UNKNOWN) {
      addresses = Addresses.DROPPED;
      LOG.warn(
          "addresses dropped pbx={} reason=\"new Persons keep none: set addresses-on-create:"
              + " false\"",
          api.errors().pbx());
    }
    ObjectNode whole = json.completed(made, call.user(), mark);
    api.effect(XelionCalls.put(call.name(), path(oid), whole), time);
  }

  /**
   * Does what follows upon the making of a Person. Where that did not happen, the Person is
   * deleted, since nobody would know of it; where even that is not certain, the outcome is unknown.
   */
  void orTakenBack(String name, String oid, CallTime time, Runnable next) {
    try {
      next.run();
    } catch (Rejected | PbxException.Unavailable no) {
      takeBack(name, oid, time, no);
      throw no;
    }
  }

  private void takeBack(String name, String oid, CallTime time, PbxException why) {
    try {
      boolean another =
          isConflict(why) && one(oid, time).filter(XelionPersonJson::hasAccount).isPresent();
      if (!another) {
        api.effect(XelionCalls.delete(name, path(oid)), time);
      }
    } catch (PbxException failed) {
      if (!isAbsent(failed)) {
        throw new OutcomeUnknown(why.getMessage() + ", and the Person made for it is left", failed);
      }
    }
  }

  /** Whether it may be that somebody else gave the Person an account meanwhile. */
  private static boolean isConflict(PbxException failure) {
    return failure instanceof Rejected no && no.reason() == Reason.CONFLICT;
  }

  private static boolean isAbsent(PbxException failure) {
    return failure instanceof Rejected no && no.reason() == Reason.ABSENT;
  }

  Optional<ObjectNode> one(String oid, CallTime time) {
    return api.find(look("person read", oid), time);
  }

  /** The Person of an account. */
  Optional<ObjectNode> of(XelionKey key, CallTime time) {
    return key.person().flatMap(oid -> one(oid, time));
  }

  /** Whether it is without an account, made by the bridge, and to be deleted. */
  boolean isLeft(ObjectNode person) {
    return settings.delete()
        && !XelionPersonJson.hasAccount(person)
        && json.mark(person).isPresent();
  }

  /**
   * Those that an interrupted create of this user left behind: of its name, with our mark for its
   * user name, and without an account.
   */
  Stream<ObjectNode> leftBehind(PbxUser user, CallTime time) {
    Optional<String> whole = user.get(PbxField.DISPLAY_NAME);
    if (!settings.findByName() || whole.isEmpty()) {
      return Stream.empty();
    }
    String query = "name=" + HttpCall.encode(whole.get());
    return XelionPages.of(api, () -> time, "person search (find-persons)", FOLDER, query)
        .filter(row -> row.path("objectType").asText().equals(XelionPersonJson.TYPE))
        .filter(row -> Json.text(row, "commonName").filter(whole.get()::equals).isPresent())
        .flatMap(row -> one(row.path("oid").asText(), time).stream())
        .filter(person -> !XelionPersonJson.hasAccount(person))
        .filter(person -> isOf(user, person));
  }

  private boolean isOf(PbxUser user, ObjectNode person) {
    return json.mark(person)
        .filter(mark -> user.get(PbxField.NAME).equals(Optional.of(mark.userName())))
        .isPresent();
  }

  /** Reads it, changes what is to be changed, and writes it back. */
  void update(UpdateUser call, String oid, CallTime time) {
    ObjectNode before = api.readFirst(look(call.name(), oid), time);
    ObjectNode after = json.changed(before, call.user(), call.changed());
    api.effect(XelionCalls.put(call.name(), path(oid), after), time);
  }

  void delete(String name, String oid, CallTime time) {
    api.takeAway(XelionCalls.delete(name, path(oid)), look(name, oid), time);
  }

  /** Deletes the Person of an account that is gone already; one that Xelion keeps is not missed. */
  void deleteAfterAccount(String name, String oid, CallTime time) {
    if (!settings.delete()) {
      return;
    }
    try {
      delete(name, oid, time);
    } catch (Rejected no) {
      LOG.warn(
          "person kept pbx={} person={} reason=\"{}\"", api.errors().pbx(), oid, no.getMessage());
    } catch (PbxException.Unavailable later) {
      throw new OutcomeUnknown(
          "the account is deleted, its Person not: " + later.getMessage(), later);
    }
  }

  private static HttpCall look(String name, String oid) {
    return HttpCall.read(name, path(oid));
  }

  private static String path(String oid) {
    return XelionCalls.path(FOLDER, oid);
  }
}
