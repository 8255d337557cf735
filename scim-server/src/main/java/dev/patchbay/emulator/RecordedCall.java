package dev.patchbay.emulator;

import java.util.Optional;

/**
 * A call the emulator got.
 *
 * @param path as sent, without the query
 * @param query as sent
 * @param body JSON with secrets as {@code ***}
 * @param status what was answered, or would have been had the connection not been cut; 0 while
 *     running or when nothing was done
 * @param fault the fault it met, as {@link Fault#text}
 */
public record RecordedCall(
    String method,
    String path,
    Optional<String> query,
    Optional<String> body,
    int status,
    Optional<String> fault) {
  RecordedCall answered(int answer) {
    return new RecordedCall(method, path, query, body, answer, fault);
  }

  RecordedCall met(Fault met) {
    return new RecordedCall(method, path, query, body, status, Optional.of(met.text()));
  }

  /** Method and path, as in {@code POST /api/users}. */
  public String line() {
    return method + " " + path;
  }
}
