package dev.patchbay.app;

import dev.patchbay.config.ConfigException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A command cannot do what it was asked for; the message is one line for the person who asked. */
final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  private CommandFailed(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Something outside is in the way: a port, a directory. */
  static CommandFailed because(String message, Throwable cause) {
    return new CommandFailed(1, message, cause);
  }

  static CommandFailed because(String message) {
    return new CommandFailed(1, message, null);
  }

  /** The address is taken or is none of this machine's. */
  static CommandFailed listening(String host, int port, IOException cause) {
    String why = cause.getCause() == null ? cause.getMessage() : cause.getCause().getMessage();
    return because("cannot listen on " + host + ":" + port + ": " + why, cause);
  }

  /** The configuration is wrong; the lines of its problems follow. */
  static CommandFailed because(ConfigException wrong) {
    int count = wrong.problems().size();
    String title = "the configuration has " + (count == 1 ? "a problem" : count + " problems");
    return new CommandFailed(Main.WRONG_USE, title + "\n" + wrong.getMessage(), wrong);
  }

  int exitCode() {
    return exitCode;
  }
}
