package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no-such-command",
        "demo --port 65536",
        "demo --token a,b",
        "demo --pbx acme",
        "emulate",
        "emulate acme",
        "emulate portsip --member-add-twice maybe",
        "emulate portsip --update-mode neither",
        "emulate ipcortex --fail-status 201",
        "emulate xelion --at-once 0",
        "emulate crmcom --prefix crm",
        "emulate crmcom --template-key code",
        "emulate crmcom --token file:no-such-file",
        "token --no-such-flag",
        "init",
        "init --pbx-token t --pbx-url ::",
        "init --pbx-token t --pbx-url http://x --dialect acme",
        "init --pbx-token file:no-such-file --pbx-url http://x",
        "init --pbx-token t --token a,b --pbx-url http://x",
        "init --pbx-token t --pbx-url http://x --port many",
        "reconcile",
        "reconcile office --repair all",
        "brake",
        "import office --match telepathy"
      })
  void saysInOneLineHowItWasUsedWrongly(String line) {
    Program program = Program.run(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.err()).startsWith("patchbay").hasLineCount(1);
    assertThat(program.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          emulate portsop --port 0 | expected one of portsip, ipcortex, xelion, crmcom, \
          found 'portsop', did you mean 'portsip'? (patchbay emulate --help shows all)
          emulate acme | crmcom, found 'acme' (patchbay
          chekc | found 'chekc', did you mean 'check'?
          emulate crmcom --template-key code | templates are named by id, name or both, was code
          """)
  void saysWhatThereIsInsteadOfAWrongWord(String line, String said) {
    Program program = Program.run(line.split(" "));

    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.err()).contains(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "serve",
        "demo",
        "init",
        "check",
        "token",
        "emulate",
        "emulate portsip",
        "emulate crmcom"
      })
  void showsHelpForEveryCommand(String command) {
    Program program = Program.run((command + " --help").strip().split(" "));

    assertThat(program.exitCode()).isZero();
    assertThat(program.out()).startsWith("Usage: patchbay " + command);
  }

  @Test
  void makesATokenWhoseLineLetsItIn() {
    Program program = Program.run("token", "--name", "entra");

    assertThat(program.out()).containsPattern("\n  pb_[\\w-]{43}\n");
    assertThat(program.out()).contains("- { name: \"entra\", hash: \"pbkdf2-sha256$1$");
  }

  @Test
  void aFreshConfigurationPassesTheCheck() throws IOException {
    Path config = Files.writeString(directory.resolve("patchbay.yaml"), init().out());

    Program check = Program.run("check", "--config", config.toString());

    assertThat(check.out()).isEqualTo(config + ": ok\n");
    assertThat(check.exitCode()).isZero();
  }

  @Test
  void aFreshConfigurationHoldsNoToken() {
    assertThat(init().out()).doesNotContain("pbx-s3cret").doesNotContain("scim-s3cret");
  }

  @Test
  void keepsThePbxTokenForItsOwnerOnly() throws IOException {
    init();

    Path data = directory.resolve("data");
    assertThat(data.resolve("pbx-token")).hasContent("pbx-s3cret");
    assertThat(permissions(data)).isEqualTo("rwx------");
    assertThat(permissions(data.resolve("pbx-token"))).isEqualTo("rw-------");
  }

  @Test
  void aSecondInitReplacesThePbxToken() throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.writeString(data.resolve("pbx-token"), "old");

    init();

    assertThat(data.resolve("pbx-token")).hasContent("pbx-s3cret");
    assertThat(permissions(data.resolve("pbx-token"))).isEqualTo("rw-------");
  }

  @Test
  void tellsANewTokenApartFromTheConfiguration() {
    String data = directory.resolve("data").toString();

    Program init = Program.run("init", "--pbx-url", "http://x", "--pbx-token", "t", "--data", data);

    assertThat(init.err()).containsPattern("pb_[\\w-]{43}");
    assertThat(init.out()).doesNotContain("pb_");
  }

  @Test
  void saysWhenTheDataDirectoryCannotBeMade() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    String data = file.resolve("data").toString();

    Program init = Program.run("init", "--pbx-url", "http://x", "--pbx-token", "t", "--data", data);

    assertThat(init.exitCode()).isEqualTo(1);
    assertThat(init.err()).isEqualTo("patchbay: cannot make the directory " + data + "\n");
  }

  @Test
  void checkSaysAllThatIsWrongAndExitsWithOne() throws IOException {
    Path config = Files.writeString(directory.resolve("p.yaml"), "listn: 1\nstore: {url: x}\n");

    Program check = Program.run("check", "--config", config.toString());

    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out())
        .contains("p.yaml:1: listn: unknown key, did you mean 'listen'?")
        .contains("p.yaml:2: store.url: expected sqlite:FILE")
        .contains("p.yaml:1: tenants: expected at least one tenant");
  }

  @Test
  void checkWarnsOfAnOpenSecret() throws IOException {
    Path config = Files.writeString(directory.resolve("patchbay.yaml"), init().out());
    Path token = directory.resolve("data/pbx-token");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));

    Program check = Program.run("check", "--config", config.toString());

    assertThat(check.exitCode()).isZero();
    assertThat(check.out()).startsWith("warning: tenants.demo.pbx.token: everybody");
  }

  @Test
  void serveDoesNotStartOnAWrongConfiguration() throws IOException {
    Path config = Files.writeString(directory.resolve("p.yaml"), "tenants: {}\n");

    Program serve = Program.run("serve", "--config", config.toString());

    assertThat(serve.exitCode()).isEqualTo(2);
    assertThat(serve.err())
        .startsWith("patchbay: the configuration has a problem\n")
        .contains("p.yaml:1: tenants: expected at least one tenant");
  }

  private Program init() {
    return Program.run(
        "init",
        "--dialect=portsip",
        "--pbx-url=http://127.0.0.1:8887",
        "--pbx-token=pbx-s3cret",
        "--tenant=demo",
        "--token=scim-s3cret",
        "--data=" + directory.resolve("data"),
        "--port=8080");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
