package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The requests in src/test/resources/hostile: each is told what is wrong, and costs little. */
@TestInstance(Lifecycle.PER_CLASS)
class HostileCorpusTest {
  private static final Path CORPUS = Path.of("src/test/resources/hostile");

  private HostileTarget target;

  @BeforeAll
  void start(@TempDir Path directory) {
    target = HostileTarget.in(directory);
  }

  @AfterAll
  void stop() {
    try {
      target.assertIsWell();
    } finally {
      target.close();
    }
  }

  static Stream<String> corpus() throws IOException {
    try (var files = Files.list(CORPUS)) {
      var names = files.map(file -> file.getFileName().toString());
      return names.filter(name -> name.endsWith(".http")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void isAnsweredAsItDeserves(String name) throws IOException {
    var file = Files.readString(CORPUS.resolve(name)).split("\n", 2);
    var expected = file[0].replaceFirst("# ", "").split(" ");

    var answer = target.send(target.request(file[1]));

    assertThat(expected).as(answer.text()).contains(Integer.toString(answer.status()));
  }
}
