package dev.patchbay.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Takes no more connections than so many; while there are as many, one that nobody uses ends soon,
 * so that it does not keep out one that somebody needs.
 */
final class ConnectionFlood extends NetworkConnectionLimit {
  private final ServerConnector connector;
  private final Duration idle;

  /**
   * @param idle how long a connection may be idle while others wait to be taken
   */
  ConnectionFlood(int most, Duration idle, ServerConnector connector) {
    super(most, connector);
    this.connector = connector;
    this.idle = idle;
  }

  @Override
  protected void limit() {
    super.limit();
    hurryLater();
  }

  /** Later, and again: of what comes in one burst, Jetty knows nothing yet when it is too much. */
  private void hurryLater() {
    var unused =
        connector.getScheduler().schedule(this::hurry, idle.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void hurry() {
    if (isRunning() && getNetworkConnectionCount() >= getMaxNetworkConnectionCount()) {
      for (EndPoint each : connector.getConnectedEndPoints()) {
        each.setIdleTimeout(idle.toMillis());
      }
      hurryLater();
    }
  }

  /** What remains is in no hurry any more. */
  @Override
  protected void unlimit() {
    super.unlimit();
    for (EndPoint each : connector.getConnectedEndPoints()) {
      each.setIdleTimeout(connector.getIdleTimeout());
    }
  }
}
