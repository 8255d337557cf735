package dev.patchbay.pbx.portsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** No answer whatsoever becomes an exception of another kind. */
class PortSipAnyAnswerTest {
  private static final PbxRef REF = new PbxRef("Nz/A=");
  private static final PbxUser USER = new PbxUser(Map.of(PbxField.NAME, "ada"));
  private static final PbxGroup GROUP = new PbxGroup("Sales", Optional.empty());
  private static final Secret SECRET = Secret.of("s3cret");

  private static final List<Consumer<PbxAdapter>> USES =
      List.of(
          apply(new PbxCall.CreateUser(USER, new PbxSecrets(SECRET, SECRET, SECRET))),
          apply(
              new PbxCall.UpdateUser(
                  REF, USER, Set.of(PbxField.EMAIL), Map.of(PbxSecret.VOICEMAIL_PIN, SECRET))),
          apply(new PbxCall.ChangeRole(REF, "Admin")),
          apply(new PbxCall.BindMicrosoft365(REF, "a@b")),
          apply(new PbxCall.DeleteUser(REF)),
          apply(new PbxCall.CreateGroup(GROUP)),
          apply(new PbxCall.UpdateGroup(REF, GROUP)),
          apply(new PbxCall.AddMember(REF, "0100")),
          apply(new PbxCall.RemoveMember(REF, "0100")),
          pbx -> pbx.users().forEach(user -> {}),
          pbx -> pbx.user(REF),
          pbx -> pbx.usersWith("o'neil", "0100"),
          pbx -> pbx.group(REF),
          pbx -> pbx.groupNamed("Sales"),
          pbx -> pbx.isMember(REF, "0100"),
          PbxAdapter::roles,
          PbxAdapter::passwordPolicy);

  private static Consumer<PbxAdapter> apply(PbxCall call) {
    return pbx -> pbx.apply(call);
  }

  @Property(tries = 200)
  void everyAnswerIsAResultOrOneOfTheThree(
      @ForAll("answers") String answer, @ForAll("uses") Consumer<PbxAdapter> use)
      throws IOException {
    Path token = Files.createTempFile("token", "");
    Files.writeString(token, "static-token");
    try (var server =
        ScriptedServer.start(
            connection -> {
              ScriptedServer.raw(answer).serve(connection);
              connection.close();
            })) {
      var section = Section.of("base-url: " + server.uri() + "\ntoken: file:" + token);
      var clock = new MovableClock(Instant.parse("2025-03-01T12:00:00Z"));
      try (var pbx = new PortSipDialect().open("office", section, clock, () -> 1)) {
        var thrown = catchThrowable(() -> use.accept(pbx));

        if (thrown != null) {
          assertThat(thrown).isInstanceOf(PbxException.class);
          assertThat(thrown.toString()).doesNotContain("s3cret", "static-token");
        }
      }
    } finally {
      Files.delete(token);
    }
  }

  @Provide
  Arbitrary<Consumer<PbxAdapter>> uses() {
    return Arbitraries.of(USES);
  }

  @Provide
  Arbitrary<String> answers() {
    var status = Arbitraries.integers().between(200, 599);
    var wellFormed =
        Combinators.combine(status, types(), bodies())
            .as(
                (code, type, body) ->
                    "HTTP/1.1 " + code + " X\r\nContent-Type: " + type + "\r\n\r\n" + body);
    return Arbitraries.frequencyOf(
        Tuple.of(9, wellFormed), Tuple.of(1, Arbitraries.strings().ascii().ofMaxLength(60)));
  }

  private static Arbitrary<String> types() {
    return Arbitraries.of("application/json", "text/html; charset=utf-8", "text/plain");
  }

  private static Arbitrary<String> bodies() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "",
            "{}",
            "null",
            "[]",
            "{\"id\":\"1\"}",
            "{\"id\":{}}",
            "{\"id\":\"1\",\"name\":[],\"created_at\":\"+1000000000-01-01T00:00:00Z\"}",
            "{\"count\":1,\"items\":[null]}",
            "{\"count\":1,\"items\":[{}]}",
            "{\"count\":9,\"items\":[]}",
            "{\"count\":\"many\",\"items\":{}}",
            "{\"count\":1,\"items\":[{\"id\":\"1\",\"name\":\"x\"}]}",
            "{\"errors\":[]}",
            "{\"errors\":[{\"code\":7}]}",
            "{\"errors\":\"s3cret\"}",
            "{\"a\":" + "[".repeat(5000)),
        Arbitraries.strings().ofMaxLength(40));
  }
}
