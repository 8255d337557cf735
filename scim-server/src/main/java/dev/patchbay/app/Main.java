package dev.patchbay.app;

import dev.patchbay.config.Nearest;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Set;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: {@code java -jar patchbay.jar COMMAND}; docs/reference/cli.md has the commands. */
@Command(
    name = "patchbay",
    description = "A SCIM 2.0 bridge for phone systems.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = Main.Version.class,
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      InitCommand.class,
      CheckCommand.class,
      TokenCommand.class,
      JournalCommand.class,
      ReconcileCommand.class,
      BrakeCommand.class,
      PhonesCommand.class,
      ImportCommand.class,
      EmulateCommand.class
    })
public final class Main implements Runnable {
  static final int WRONG_USE = 2;

  private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets spec before anything reads it
  Main() {}

  public static void main(String[] args) {
    carryMore();
    System.exit(run(writer(System.out), writer(System.err), args));
  }

  /**
   * Twice as many carriers of virtual threads as there are processors, unless the start says
   * otherwise: SQLite's calls wait for the disk without leaving theirs. Before the first of them.
   */
  private static void carryMore() {
    if (System.getProperty(CARRIERS) == null) {
      int carriers = 2 * Runtime.getRuntime().availableProcessors();
      System.setProperty(CARRIERS, Integer.toString(carriers));
    }
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  /** Runs one command; its exit code is 0, 1 when it failed or 2 when it was used wrongly. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    String log = System.getenv().getOrDefault("PATCHBAY_LOG", "text");
    if (!Set.of("text", "json").contains(log)) {
      err.println("patchbay: PATCHBAY_LOG: expected text or json, found '" + log + "'");
      return WRONG_USE;
    }
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::wrongUse)
        .setExecutionExceptionHandler(Main::failed)
        .execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing, see --help");
  }

  /** One line instead of picocli's whole help: whoever mistyped a flag sees which. */
  private static int wrongUse(ParameterException e, String[] args) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String message = said(e) + " (" + command + " --help shows all)";
    e.getCommandLine().getErr().println(command + ": " + message);
    return WRONG_USE;
  }

  /** Of a word where a command belongs: which there are; picocli would list all that follows it. */
  private static String said(ParameterException e) {
    var commands = e.getCommandLine().getSubcommands().keySet();
    if (!(e instanceof UnmatchedArgumentException stray)
        || commands.isEmpty()
        || stray.isUnknownOption()) {
      return String.valueOf(e.getMessage());
    }
    String word = stray.getUnmatched().getFirst();
    return "expected one of "
        + String.join(", ", commands)
        + ", found '"
        + word
        + "'"
        + Nearest.hint(word, commands);
  }

  private static int failed(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof CommandFailed failure) {
      command.getErr().println("patchbay: " + failure.getMessage());
      return failure.exitCode();
    }
    LoggerFactory.getLogger(Main.class).error("unexpected, please report this", e);
    return 1;
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"patchbay " + (version == null ? "(development)" : version)};
    }
  }
}
