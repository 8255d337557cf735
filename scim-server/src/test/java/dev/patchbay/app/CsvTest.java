package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
  private static final List<String> KEYS = List.of("userName", "externalId");

  private Path file;

  @BeforeEach
  void place(@TempDir Path directory) {
    file = directory.resolve("people.csv");
  }

  @Test
  void readsWhatSpreadsheetsWrite() throws IOException {
    assertThat(read("\uFEFFuserName,email\r\nada, \"a,\"\"b\"\"\nc\" \r\n\r\ngrace,\r\n"))
        .containsExactly(
            Map.of("userName", "ada", "email", "a,\"b\"\nc"),
            Map.of("userName", "grace", "email", ""));
  }

  @Test
  void whatWasWrittenIsReadAgain() throws IOException {
    var cells = List.of("plain", "a,b", "say \"so\"", "two\nlines", "");
    var text = new StringWriter();
    try (var table = Csv.to(text, List.of("userName", "2", "3", "4", "5"))) {
      table.write(cells);
    }

    assertThat(read(text.toString()))
        .containsExactly(
            Map.of("userName", "plain", "2", "a,b", "3", "say \"so\"", "4", "two\nlines", "5", ""));
  }

  @Test
  void noLineBelowTheNamesIsNoRow() throws IOException {
    assertThat(read("userName,email\n")).isEmpty();
  }

  @Test
  void aFileWithOtherColumnsIsRefused() {
    assertRefused(
        "User principal name;Mail\nada;ada@corp.example\n",
        ": expected columns with a comma between, userName or externalId among them,"
            + " but the first line names User principal name;Mail");
  }

  @Test
  void whatCannotBeToldApartIsRefused() {
    assertRefused("", "line ");
    assertRefused("userName,email\nada,lovelace,ada@corp.example\n", "line 2: Too many entries");
    assertRefused("userName,email\nada\n", "line 2: Not enough column values");
    assertRefused("userName,email\nada,\"ada@corp.example\ngrace,\n", "Missing closing quote");
  }

  @Test
  void aFileInAnotherEncodingIsRefused() throws IOException {
    Files.writeString(file, "userName\nm\u00fcller\n", Charset.forName("windows-1252"));

    assertThatThrownBy(() -> Csv.read(file, KEYS))
        .isInstanceOf(CommandFailed.class)
        .hasMessage("cannot read " + file + ": expected UTF-8");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Csv.read(file, KEYS))
        .isInstanceOf(CommandFailed.class)
        .hasMessage("cannot read " + file + ": there is no such file");
  }

  private void assertRefused(String text, String why) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why);
  }

  private List<Map<String, String>> read(String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
    return Csv.read(file, KEYS);
  }
}
