package dev.patchbay.bench;

import dev.patchbay.web.Router;
import dev.patchbay.web.WebErrors;
import dev.patchbay.web.WebLimits;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import dev.patchbay.web.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.SortedSet;

/** The bridge's HTTP server with nothing behind it: {@code /N} is answered by N constant bytes. */
final class ConstantAnswers {
  private ConstantAnswers() {}

  /** Arguments: the port, then the sizes. */
  public static void main(String[] args) throws IOException {
    var router = new Router();
    for (String size : Arrays.asList(args).subList(1, args.length)) {
      byte[] bytes = new byte[Integer.parseInt(size)];
      Arrays.fill(bytes, (byte) 'x');
      router.add("GET", "/" + size, request -> answer(bytes));
    }
    var address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    WebServer.start(address, WebLimits.defaults(), router, new NoErrors());
    System.out.println("ready");
  }

  private static WebResponse answer(byte[] bytes) {
    return WebResponse.of(200).body("application/scim+json", bytes);
  }

  private static final class NoErrors implements WebErrors {
    @Override
    public WebResponse notFound(WebRequest request) {
      return WebResponse.of(404);
    }

    @Override
    public WebResponse methodNotAllowed(WebRequest request, SortedSet<String> allow) {
      return WebResponse.of(405);
    }

    @Override
    public WebResponse refused(int status, String reason) {
      return WebResponse.of(status);
    }

    @Override
    public WebResponse failed(WebRequest request, Throwable failure) {
      return WebResponse.of(500);
    }
  }
}
