package dev.patchbay.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An HTTP server on one address; endpoints run on virtual threads and may block. */
public final class WebServer implements AutoCloseable {
  /** URI and headers together: a filter of 100 kB is SCIM's to refuse, more is HTTP's. */
  private static final int HEADER_BYTES = 160 * 1024;

  /** So much shorter is the idle timeout while no more connections are taken. */
  private static final int CROWDED = 12;

  /** Smaller answers cost more to compress than to send. */
  private static final int COMPRESS_FROM_BYTES = 2048;

  private static final UriCompliance URIS =
      UriCompliance.DEFAULT.with(
          "patchbay",
          // Segments are decoded after splitting, so these are clear to us.
          UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
          UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
          UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
          UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS);

  private final Server server;
  private final ServerConnector connector;

  private WebServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Answers on that address (port 0: any free one) until closed.
   *
   * @throws IOException if the address cannot be listened on
   */
  public static WebServer start(
      InetSocketAddress address, WebLimits limits, Router router, WebErrors errors)
      throws IOException {
    var threads = new QueuedThreadPool();
    threads.setName("web");
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    var server = new Server(threads);
    var connector = connector(server, address, limits);
    server.addConnector(connector);
    var crowded = limits.idleTimeout().dividedBy(CROWDED);
    server.addBean(new ConnectionFlood(limits.maxConnections(), crowded, connector));
    server.setHandler(new GracefulHandler(compressing(new Dispatcher(router, errors, limits))));
    server.setErrorHandler(new ErrorAnswers(errors));
    server.setStopTimeout(limits.stopTimeout().toMillis());
    var web = new WebServer(server, connector);
    web.open();
    return web;
  }

  private void open() throws IOException {
    try {
      server.start();
    } catch (IOException refused) {
      close();
      throw refused;
    } catch (Exception broken) {
      close();
      throw new IllegalStateException("web server did not start", broken);
    }
  }

  public int port() {
    return connector.getLocalPort();
  }

  /** Takes no new request and waits for those in flight, at most the limits' stop timeout. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception broken) {
      throw new IllegalStateException("web server did not stop in order", broken);
    }
  }

  private static ServerConnector connector(
      Server server, InetSocketAddress address, WebLimits limits) {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setUriCompliance(URIS);
    var connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(address.getAddress().getHostAddress());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(limits.idleTimeout().toMillis());
    // How long close() waits for a kept-alive connection that nobody uses.
    connector.setShutdownIdleTimeout(50);
    return connector;
  }

  private static Handler compressing(Handler inner) {
    var gzip = new GzipCompression();
    gzip.setMinCompressSize(COMPRESS_FROM_BYTES);
    var handler = new CompressionHandler(inner);
    handler.putCompression(gzip);
    // The head of an answer says of it what the answer would.
    var config = CompressionConfig.builder().defaults().compressIncludeMethod("HEAD").build();
    handler.putConfiguration(PathSpec.from("/*"), config);
    return handler;
  }
}
