package dev.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What CONTRIBUTING says of how little a phone system takes. */
class SmallestDialectTest {
  private static final Path CRM_COM = Path.of("src/main/java/dev/patchbay/pbx/crmcom");

  @Test
  void theSmallestDialectIsAsSmallAsWeSay() throws IOException {
    String said = Files.readString(Path.of("..", "CONTRIBUTING.md"));
    List<Path> files;
    try (Stream<Path> listed = Files.list(CRM_COM)) {
      files = listed.toList();
    }
    long lines = 0;
    for (Path file : files) {
      lines += Files.readAllLines(file).size();
    }

    assertThat(said).contains("`pbx/crmcom`, eight files of fewer than 700 lines");
    assertThat(files).hasSize(8);
    assertThat(lines).isBetween(600L, 699L);
  }
}
