package dev.patchbay.app;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * The program run inside the test.
 *
 * @param exitCode 0, 1 when the command failed, 2 when it was used wrongly
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
record Program(int exitCode, String out, String err) {
  static Program run(String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), args);
    return new Program(exitCode, out.toString(), err.toString());
  }
}
