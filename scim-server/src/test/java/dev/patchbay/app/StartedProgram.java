package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The finished jar as a process of its own. */
public final class StartedProgram implements AutoCloseable {
  private static final Path JAR = Path.of("target/patchbay.jar");

  private final Process process;
  private final List<String> printed = new ArrayList<>();

  private StartedProgram(Process process) {
    this.process = process;
  }

  /** Starts it; standard error joins standard output, as in a terminal. */
  public static StartedProgram start(String... args) throws IOException {
    return start(Map.of(), args);
  }

  /** As {@link #start(String...)}, with more in its environment. */
  static StartedProgram start(Map<String, String> environment, String... args) throws IOException {
    var command = new ArrayList<>(List.of(java(), "-jar", JAR.toString()));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new StartedProgram(builder.start());
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Reads until the line {@code ready}, which must come. */
  public StartedProgram awaitReady() throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      printed.add(line);
      if (line.equals("ready")) {
        return this;
      }
    }
    throw new AssertionError("ended before it was ready: " + printed);
  }

  /** What follows {@code label} in the line that begins with it. */
  public String told(String label) {
    return printed.stream()
        .filter(line -> line.startsWith(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line begins with " + label + ": " + printed))
        .substring(label.length())
        .strip();
  }

  List<String> printed() {
    return List.copyOf(printed);
  }

  /** Reads to the end, which must come. */
  int awaitEnd() throws IOException, InterruptedException {
    process.inputReader(StandardCharsets.UTF_8).lines().forEach(printed::add);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("the program ends").isTrue();
    return process.exitValue();
  }

  /** SIGTERM. */
  int stop() throws IOException, InterruptedException {
    process.toHandle().destroy(); // Process.destroy closes the streams, too
    return awaitEnd();
  }

  /** Sends a signal such as {@code STOP}. */
  public void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  /**
   * Lets it write files of no more than so many bytes from now on, sockets and pipes apart.
   *
   * @param bytes or {@code unlimited}
   */
  void limitFiles(String bytes) throws IOException, InterruptedException {
    var pid = Long.toString(process.pid());
    var limit = new ProcessBuilder("prlimit", "--pid", pid, "--fsize=" + bytes + ":").start();
    assertThat(limit.waitFor()).isZero();
  }

  /** SIGKILL. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
