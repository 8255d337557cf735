package dev.patchbay.web;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes an answer too long to build in memory. The status has left by then, so a failure can only
 * cut the connection, which tells the client that the answer is not whole.
 */
@FunctionalInterface
public interface BodyWriter {
  void write(OutputStream out) throws IOException;
}
