package dev.patchbay.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code patchbay.jar} as a process that is not always treated kindly. */
final class Program {
  private final Process process;
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
  private final Thread copier;

  private Program(Process process, Path log) {
    this.process = process;
    this.copier = Thread.ofVirtual().start(() -> copy(log));
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /**
   * Starts it in a folder, without waiting.
   *
   * @param log what it prints is added to this file
   * @param java options of the Java machine
   */
  static Program start(Path folder, Path log, List<String> java, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java);
    command.addAll(List.of("-jar", Path.of("target/patchbay.jar").toAbsolutePath().toString()));
    command.addAll(arguments);
    try {
      var process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      return new Program(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copy(Path log) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        Writer file =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        file.write(line + "\n");
        file.flush();
        if (line.equals("ready")) {
          ready.complete(true);
        }
      }
    } catch (IOException ended) {
      // as processes do that are killed
    } finally {
      ready.complete(false);
    }
  }

  /** Waits until it serves; false if it ended before. */
  boolean awaitReady() throws InterruptedException {
    try {
      return ready.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("it was not ready within a minute", e);
    }
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    copier.join();
  }

  /** SIGTERM, and waits for the end. */
  void stop() throws InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it did not end when it was told to");
    }
    copier.join();
  }

  /** Halts it for a while, with whatever it has in hands: that is done when it goes on. */
  void halt(long millis) throws InterruptedException {
    signal("STOP");
    Thread.sleep(millis);
    signal("CONT");
  }

  private void signal(String name) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
