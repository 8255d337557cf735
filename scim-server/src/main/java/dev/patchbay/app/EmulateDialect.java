package dev.patchbay.app;

import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.Emulator;
import dev.patchbay.emulator.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs the emulator of one dialect alone, for tests and to try a configuration: the flags that all
 * of them have. A dialect adds its switches.
 */
abstract class EmulateDialect implements Runnable {
  private final String dialect;

  @Spec private CommandSpec spec;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "The address it listens on; 0.0.0.0 for all (default: ${DEFAULT-VALUE}).")
  private InetAddress host;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Port.class,
      description = "Where it listens; 0 takes a free one (default: one of 8887 to 8890).")
  private @Nullable Integer port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "What it keeps; survives a restart (default: data/ and the dialect's name).")
  private @Nullable Path data;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      converter = BearerToken.class,
      description = "What the bridge is let in with, or file:PATH (default: a new one each time).")
  private @Nullable Secret token;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before run
  EmulateDialect(String dialect) {
    this.dialect = dialect;
  }

  /**
   * Starts the emulator.
   *
   * @param secret lets the bridge in, in whatever way the dialect has
   * @throws IllegalArgumentException if a switch has a value that cannot be
   */
  abstract Emulator start(Place place, Secret secret) throws IOException;

  @Override
  public final void run() {
    var directory = DataDirectory.make(Optional.ofNullable(data).orElse(Path.of("data", dialect)));
    Secret accepted = token == null ? TokenHash.randomToken() : token;
    var stop = StopSignal.install();
    try (FileChannel lock = directory.lock(dialect + ".lock");
        Emulator pbx = started(directory.path(), accepted)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("PBX URL: " + pbx.baseUrl());
      out.println("token:   " + accepted.reveal());
      out.println("ready");
      out.flush();
      stop.await();
    } catch (IOException e) {
      throw CommandFailed.because("cannot close " + directory.path(), e);
    } finally {
      stop.closed();
    }
  }

  private Emulator started(Path directory, Secret accepted) {
    int wanted = port == null ? Emulators.usualPort(dialect) : port;
    var address = new InetSocketAddress(host, wanted);
    try {
      return start(new Place(address, Optional.of(directory)), accepted);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw CommandFailed.listening(host.getHostAddress(), wanted, e);
    }
  }
}
