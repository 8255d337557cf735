package dev.patchbay.web;

import java.time.Duration;

/**
 * What a client may ask of the server.
 *
 * @param maxBodyBytes largest request body, after decompression; beyond it 413
 * @param bodyTimeout how long a client may take to send a body; beyond it 408
 * @param idleTimeout how long a connection may neither send nor receive while no endpoint runs
 * @param maxConnections open at once; more wait to be taken, while the idle ones soon have to go
 * @param stopTimeout how long {@link WebServer#close} waits for requests in flight
 */
public record WebLimits(
    int maxBodyBytes,
    Duration bodyTimeout,
    Duration idleTimeout,
    int maxConnections,
    Duration stopTimeout) {
  /** Below the 5 MB nobody means to send, above a group of 10,000 members (about 1.5 MB). */
  private static final int BODY = 4 * 1024 * 1024;

  /** An identity provider has a handful, a proxy some dozens. */
  private static final int CONNECTIONS = 1000;

  public WebLimits {
    if (maxBodyBytes < 0) {
      throw new IllegalArgumentException("maxBodyBytes must not be negative, was " + maxBodyBytes);
    }
    if (!bodyTimeout.isPositive()) {
      throw new IllegalArgumentException("bodyTimeout must be positive, was " + bodyTimeout);
    }
    if (!idleTimeout.isPositive()) {
      throw new IllegalArgumentException("idleTimeout must be positive, was " + idleTimeout);
    }
    if (maxConnections < 1) {
      throw new IllegalArgumentException("maxConnections must be positive, was " + maxConnections);
    }
    if (stopTimeout.isNegative()) {
      throw new IllegalArgumentException("stopTimeout must not be negative, was " + stopTimeout);
    }
  }

  public static WebLimits defaults() {
    return new WebLimits(
        BODY, Duration.ofSeconds(60), Duration.ofSeconds(60), CONNECTIONS, Duration.ofSeconds(30));
  }

  public WebLimits withMaxBodyBytes(int bytes) {
    return new WebLimits(bytes, bodyTimeout, idleTimeout, maxConnections, stopTimeout);
  }

  public WebLimits withBodyTimeout(Duration timeout) {
    return new WebLimits(maxBodyBytes, timeout, idleTimeout, maxConnections, stopTimeout);
  }

  public WebLimits withIdleTimeout(Duration timeout) {
    return new WebLimits(maxBodyBytes, bodyTimeout, timeout, maxConnections, stopTimeout);
  }

  public WebLimits withMaxConnections(int connections) {
    return new WebLimits(maxBodyBytes, bodyTimeout, idleTimeout, connections, stopTimeout);
  }

  public WebLimits withStopTimeout(Duration timeout) {
    return new WebLimits(maxBodyBytes, bodyTimeout, idleTimeout, maxConnections, timeout);
  }
}
