package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpAnswer;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import java.util.Optional;

/**
 * Makes a user: a Person, then the account that belongs to it. When the account is refused, or
 * provably not begun, the Person is taken back. When that cannot be told, or the bridge stops in
 * between, the Person's mark lets a later look find it ({@link XelionPersons#leftBehind}).
 */
final class XelionCreate {
  private final XelionApi api;
  private final XelionPersons persons;
  private final XelionUsers users;
  private final XelionClash clash;
  private final XelionSettings.NewUsers usual;

  XelionCreate(
      XelionApi api,
      XelionPersons persons,
      XelionUsers users,
      XelionClash clash,
      XelionSettings.NewUsers usual) {
    this.api = api;
    this.persons = persons;
    this.users = users;
    this.clash = clash;
    this.usual = usual;
  }

  PbxRef create(CreateUser asked) {
    var call = new CreateUser(XelionUserJson.canonical(asked.user()), asked.secrets());
    call.user().get(PbxField.ROLE).ifPresent(role -> users.checkRole(call, role));
    CallTime time = api.time();
    String person = persons.create(call, time);
    var made = new Made(call, person);
    persons.orTakenBack(call.name(), person, time, () -> made.account(time));
    return XelionKey.of(made.account, Optional.of(person)).ref();
  }

  /** The account of one Person. */
  private final class Made {
    private final CreateUser call;
    private final String person;
    private String account = "";

    Made(CreateUser call, String person) {
      this.call = call;
      this.person = person;
    }

    void account(CallTime time) {
      ObjectNode body =
          XelionUserJson.create(call.user(), call.secrets().password(), person, usual);
      HttpCall request = XelionCalls.post(call.name(), XelionUsers.FOLDER, body);
      HttpAnswer answer = api.raw(request, time, CallTime::left);
      account =
          answer.success() && !answer.webPage()
              ? oid(request, answer)
              : clash(request, answer, time);
    }

    private String oid(HttpCall request, HttpAnswer answer) {
      return Json.read(answer.text())
          .flatMap(it -> Json.text(it.path("object"), "oid"))
          .orElseThrow(() -> api.errors().unreadable(request));
    }

    /**
     * A server error of a create is most often a refusal: a look tells which.
     *
     * @return the account, if the refusal was about the account just made
     */
    private String clash(HttpCall request, HttpAnswer answer, CallTime time) {
      if (!XelionClash.mayBe(answer)) {
        throw refusal(request, answer, time);
      }
      String name = call.user().get(PbxField.NAME).orElseThrow();
      XelionKey found =
          clash.holder(name, request, answer, time).orElseThrow(() -> clash.told(request, answer));
      if (found.person().equals(Optional.of(person))) {
        return found.account().orElseThrow();
      }
      throw clash.taken(request);
    }

    private PbxException refusal(HttpCall request, HttpAnswer answer, CallTime time) {
      PbxException refusal = api.refusal(request, answer, time);
      // "Not found" is said of the Person or another value: there is no account yet.
      return refusal instanceof Rejected no && no.reason() == Reason.ABSENT
          ? new Rejected(Reason.INVALID, no.getMessage())
          : refusal;
    }
  }
}
