package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of attribute maps has what {@code check --map} says of each dialect. */
class AttributeMapPageTest {
  private static final Path PAGE = Path.of("../docs/reference/attribute-map.md");

  @TempDir private Path directory;

  static Stream<String> dialects() {
    return Dialects.byName().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void thePageHasTheMapOfTheDialect(String dialect) throws IOException {
    String pbx = HostileConfigurationTest.PBX.get(dialect.toUpperCase(Locale.ROOT));
    Path file = directory.resolve("patchbay.yaml");
    Files.writeString(directory.resolve("secret"), "Orange-4-Teapot-Runs");
    Files.writeString(file, "tenants: { office: { pbx: { " + pbx + " } } }");

    String map = Program.run("check", "--map", "--config", file.toString()).out();

    assertThat(Files.readString(PAGE))
        .as("docs/reference/attribute-map.md, into which this belongs")
        .contains("```\n" + map.substring(map.indexOf("office (")).strip() + "\n```");
  }
}
