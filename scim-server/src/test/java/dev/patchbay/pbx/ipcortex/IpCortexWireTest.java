package dev.patchbay.pbx.ipcortex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.pbx.Conversation;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.pbx.api.PbxUser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sends what the vendor's pages show, and understands what they answer. */
@Timeout(30)
class IpCortexWireTest {
  private static final PbxRef ANNA = new PbxRef("123");
  private static final Secret PASSWORD = Secret.of("Green-9-Spoon");
  private static final PbxUser USER =
      new PbxUser(
          Map.of(
              PbxField.NAME, "anna.berg",
              PbxField.EXTENSION, "1001",
              PbxField.DISPLAY_NAME, "Anna Berg",
              PbxField.EMAIL, "anna@example.com",
              PbxField.ENABLED, "true",
              PbxField.ROLE, "user"));

  @TempDir private Path directory;

  static Stream<Arguments> calls() {
    var renamed = USER.with(PbxField.DISPLAY_NAME, Optional.of("My New Name"));
    var leaver = USER.with(PbxField.ENABLED, Optional.of("false"));
    return Stream.of(
        arguments("create-user", create(), "1992"),
        arguments("update-user", update(renamed, PbxField.DISPLAY_NAME), "123"),
        arguments("deactivate-by-role", update(leaver, PbxField.ENABLED), "123"),
        arguments("set-password", setPassword(), "123"),
        arguments("delete-user", new PbxCall.DeleteUser(ANNA), "123"));
  }

  private static PbxCall create() {
    return new PbxCall.CreateUser(
        USER, new PbxSecrets(PASSWORD, Secret.of("sip"), Secret.of("749205")));
  }

  private static PbxCall setPassword() {
    return new PbxCall.UpdateUser(ANNA, USER, Set.of(), Map.of(PbxSecret.PASSWORD, PASSWORD));
  }

  private static PbxCall update(PbxUser user, PbxField changed) {
    return new PbxCall.UpdateUser(ANNA, user, Set.of(changed), Map.of());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void sendsWhatTheVendorShows(String file, PbxCall call, String ref) throws IOException {
    var conversation = Conversation.of("ipcortex", file).after(signIn());
    try (var pbx = conversation.serve();
        var adapter = open(pbx.uri(), account())) {
      assertThat(adapter.apply(call)).isEqualTo(new PbxRef(ref));

      conversation.assertHeldBy(pbx);
    }
  }

  @Test
  void sendsAKeyInTheBody() throws IOException {
    var conversation = Conversation.of("ipcortex", "read-user");
    try (var pbx = conversation.serve();
        var adapter = open(pbx.uri(), "key: file:" + secret("0a1b2c"))) {
      Found<PbxUser> found = adapter.user(ANNA).orElseThrow();

      conversation.assertHeldBy(pbx);
      assertThat(found.ref()).isEqualTo(ANNA);
      assertThat(found.value()).isEqualTo(USER);
    }
  }

  @Test
  void searchesForNameAndThenForExtension() throws IOException {
    var conversation = Conversation.of("ipcortex", "search-users").after(signIn());
    try (var pbx = conversation.serve();
        var adapter = open(pbx.uri(), account())) {
      var found = adapter.usersWith("anna.berg", "1001");

      conversation.assertHeldBy(pbx);
      assertThat(found).extracting(Found::ref).containsExactly(new PbxRef("7"));
    }
  }

  private static Conversation signIn() {
    return Conversation.of("ipcortex", "sign-in");
  }

  private String account() throws IOException {
    return "username: bridge\npassword: file:" + secret("Blue-7-Kettle");
  }

  private Path secret(String text) throws IOException {
    return Files.writeString(directory.resolve("secret"), text);
  }

  private static PbxAdapter open(URI base, String more) {
    var settings = "base-url: " + base + "\ncompany: acme\ndisabled-role: suspended\n" + more;
    return new IpCortexDialect().open("office", Section.of(settings), Clock.systemUTC(), () -> 1);
  }
}
