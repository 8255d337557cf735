package dev.patchbay.app;

import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs an emulated PortSIP alone, for tests and to try a configuration. */
@Command(
    name = "portsip",
    description = "Run an emulated PortSIP on 127.0.0.1 that keeps its users in a directory.")
final class EmulatePortSipCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8887",
      converter = Port.class,
      description = "Where it listens; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/portsip",
      description = "What it keeps; survives a restart (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      converter = BearerToken.class,
      description = "The static access token (default: a new one at every start).")
  private @Nullable Secret token;

  @Mixin private EmulatorFlags flags;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before run
  EmulatePortSipCommand() {}

  @Override
  public void run() {
    DataDirectory directory = DataDirectory.make(data);
    Secret accepted = token == null ? TokenHash.randomToken() : token;
    var stop = StopSignal.install();
    try (FileChannel lock = directory.lock("portsip.lock");
        PortSipEmulator pbx = flags.start(port, directory.path(), accepted)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("PBX URL: " + pbx.uri());
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
}
