package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void readsWhatSpreadsheetsWrite() {
    assertThat(Csv.read("\uFEFFuserName,email\r\nada, \"a,\"\"b\"\"\nc\" \r\n\r\ngrace\r\n"))
        .containsExactly(
            Map.of("userName", "ada", "email", "a,\"b\"\nc"), Map.of("userName", "grace"));
  }

  @Test
  void whatWasWrittenIsReadAgain() {
    var cells = List.of("plain", "a,b", "say \"so\"", "two\nlines", "");

    assertThat(Csv.read("1,2,3,4,5\n" + Csv.line(cells)))
        .containsExactly(
            Map.of("1", "plain", "2", "a,b", "3", "say \"so\"", "4", "two\nlines", "5", ""));
  }

  @Test
  void nothingIsNoRow() {
    assertThat(Csv.read("")).isEmpty();
    assertThat(Csv.read("userName,email\n")).isEmpty();
  }
}
