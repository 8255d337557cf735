package dev.patchbay.keycloak.rig;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A process with whatever it starts itself; it ends with this JVM, however that ends. */
final class Program {
  // A cold Keycloak was seen to take 195 s on a machine with other things to do.
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int LINES_TOLD = 40;

  /** Ends the program when standard input ends. */
  private static final String UNTIL_INPUT_ENDS =
      """
      exec 3<&0
      "$0" "$@" < /dev/null 3<&- & it=$!
      (cat <&3 > /dev/null; kill $it) & watch=$!
      wait $it; status=$?; kill $watch; exit $status
      """;

  private final Process shell;
  private final Path log;

  private Program(Process shell, Path log) {
    this.shell = shell;
    this.log = log;
  }

  /** Starts it without waiting; what it prints is added to the log. */
  static Program start(
      Path folder, Path log, Map<String, String> environment, List<String> command) {
    var whole = new ArrayList<>(List.of("sh", "-c", UNTIL_INPUT_ENDS));
    whole.addAll(command);
    var builder = new ProcessBuilder(whole).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new Program(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it is ready; an error has the end of its log. */
  void awaitReady(BooleanSupplier ready) {
    until("ready", () -> !shell.isAlive() || ready.getAsBoolean());
    if (!shell.isAlive()) {
      throw new IllegalStateException("it ended before it was ready\n" + lastLines());
    }
  }

  /** Waits for a good end. */
  void awaitDone() {
    until("done", () -> !shell.isAlive());
    if (shell.exitValue() != 0) {
      throw new IllegalStateException("it ended with " + shell.exitValue() + "\n" + lastLines());
    }
  }

  /** SIGTERM, and waits for the end. */
  void stop() {
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    until("at its end", () -> !shell.isAlive());
  }

  /** SIGKILL, to Java first: the script before it would pass a gentler signal on. */
  void kill() {
    shell
        .descendants()
        .sorted(Comparator.comparing(Program::isJava).reversed())
        .forEach(ProcessHandle::destroyForcibly);
    shell.destroyForcibly();
    until("dead", () -> !shell.isAlive());
  }

  /** SIGKILL to the shell that started it; waits until what it started has noticed that. */
  void endShellAlone() {
    var started = shell.descendants().filter(Program::isJava).toList();
    if (started.isEmpty()) {
      throw new IllegalStateException("there is nothing that could notice it");
    }
    shell.destroyForcibly();
    until("at its end", () -> started.stream().noneMatch(ProcessHandle::isAlive));
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(it -> it.endsWith("/java")).isPresent();
  }

  private void until(String what, BooleanSupplier reached) {
    try {
      await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(reached::getAsBoolean);
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      throw new IllegalStateException("it was not " + what + " in time\n" + lastLines(), e);
    }
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log);
      return log
          + ":\n"
          + String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
    } catch (IOException e) {
      return log + " cannot be read: " + e.getMessage();
    }
  }
}
