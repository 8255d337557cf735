package dev.patchbay.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** TLS in front of an emulated PBX, at one address whatever PBX and certificate are behind it. */
final class TlsFront implements AutoCloseable {
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile SSLContext shown;
  private volatile Optional<URI> pbx = Optional.empty();

  private TlsFront(ServerSocket listening, SSLContext shown) {
    this.listening = listening;
    this.shown = shown;
  }

  static TlsFront start(SSLContext shown) {
    try {
      var front = new TlsFront(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), shown);
      Thread.ofVirtual().start(front::accept);
      return front;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI url() {
    return URI.create("https://localhost:" + listening.getLocalPort());
  }

  /** From now on it is that PBX's; without one, every connection is cut before its first byte. */
  void forwardTo(Optional<URI> other) {
    pbx = other;
    cut();
  }

  /** From now on it shows that certificate. */
  void show(SSLContext other) {
    shown = other;
    cut();
  }

  private void cut() {
    open.forEach(TlsFront::closeQuietly);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        var client = listening.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    var target = pbx;
    try (client;
        var behind = new Socket()) {
      if (target.isEmpty()) {
        return;
      }
      var host = client.getInetAddress().getHostAddress();
      var tls =
          (SSLSocket) shown.getSocketFactory().createSocket(client, host, client.getPort(), true);
      tls.setUseClientMode(false);
      tls.startHandshake();
      behind.connect(new InetSocketAddress(target.get().getHost(), target.get().getPort()));
      open.add(behind);
      Thread.ofVirtual().start(() -> copy(tls, behind));
      copy(behind, tls);
    } catch (IOException refused) {
      // the other side says why
    } finally {
      open.remove(client);
    }
  }

  private void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException cut) {
      // one end is as good as the other
    } finally {
      closeQuietly(from);
      closeQuietly(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // so much the better
    }
  }

  @Override
  public void close() {
    cut();
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
