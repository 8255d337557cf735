package dev.patchbay.bench;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What takes microseconds and no input or output: planner, filters, PATCH, each by JMH. */
final class Decisions {
  private Decisions() {}

  /** Prints the figures; to be run with what JMH wrote at the head of the class path. */
  public static void main(String[] args) {
    print(System.out);
  }

  /** Runs {@link #main} with the code that JMH generated beside the benchmarks. */
  static void run() throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classes = "target/jmh" + File.pathSeparator + System.getProperty("java.class.path");
    new ProcessBuilder(java, "-cp", classes, Decisions.class.getName())
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .redirectError(new File("target/bench/jmh.log")) // Java's warnings about JMH's insides
        .start()
        .waitFor();
  }

  private static void print(PrintStream out) {
    var options =
        new OptionsBuilder()
            .include("Jmh\\.")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .forks(1)
            .warmupIterations(2)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(3)
            .measurementTime(TimeValue.seconds(1))
            .verbosity(VerboseMode.SILENT)
            .build();
    out.printf("%n%-34s %9s %9s%n", "", "µs", "±");
    try {
      new Runner(options).run().forEach(each -> print(out, each));
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH did not run", e);
    }
  }

  private static void print(PrintStream out, RunResult run) {
    var name = run.getParams().getBenchmark().replaceAll(".*\\.(\\w+)Jmh\\.", "$1 ");
    var result = run.getPrimaryResult();
    out.printf(Locale.ROOT, "%-34s %9.3f %9.3f%n", name, result.getScore(), result.getScoreError());
  }
}
