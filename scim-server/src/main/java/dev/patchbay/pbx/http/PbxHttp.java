package dev.patchbay.pbx.http;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.Cause;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.api.PbxTraffic;
import dev.patchbay.pbx.http.HttpCall.HttpBody;
import dev.patchbay.pbx.http.HttpCall.Kind;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP connections to one PBX. A request is sent once and no redirect is followed (it would
 * take the token elsewhere); what keeps an answer away becomes {@link Unavailable} where the PBX
 * cannot have read the request, or where it was only a read, else {@link OutcomeUnknown}. What a
 * status means is the dialect's matter.
 */
public final class PbxHttp implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PbxHttp.class);

  // A page of 100 users is about 100 kB; nothing a PBX answers comes near.
  private static final int BODY_LIMIT = 8 << 20;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

  private final String pbx;
  private final String base;
  private final Clock clock;
  private final Bulkhead slots;
  private final Pace pace;
  private final RequestLimits limits;
  private final Turns turns = new Turns();
  private final Duration patience;
  private final ClockSkew skew = new ClockSkew();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;

  /**
   * @param pbx the PBX's name in messages
   * @param base the PBX's address without a slash at the end
   * @param callLimit of one call; a connection gets half of it, 5 s at most
   * @param limits how many requests it is sent
   */
  public PbxHttp(String pbx, URI base, Duration callLimit, RequestLimits limits, Clock clock) {
    this(pbx, base, callLimit, limits, Trust.usual(), clock);
  }

  /**
   * @param trust whose certificates the PBX may have
   */
  public PbxHttp(
      String pbx,
      URI base,
      Duration callLimit,
      RequestLimits limits,
      SSLContext trust,
      Clock clock) {
    refuseResending(System.getProperty("jdk.httpclient.enableAllMethodRetry"));
    this.pbx = pbx;
    this.base = base.toString();
    this.clock = clock;
    this.limits = limits;
    this.patience = callLimit.dividedBy(4);
    this.pace = new Pace(pbx, limits.perMinute(), patience, limits.bridges());
    this.slots =
        Bulkhead.of(
            pbx,
            BulkheadConfig.custom()
                .maxConcurrentCalls(limits.atOnce())
                .maxWaitDuration(patience)
                .build());
    var half = callLimit.dividedBy(2);
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(trust)
            .connectTimeout(half.compareTo(CONNECT_LIMIT) < 0 ? half : CONNECT_LIMIT)
            .executor(threads)
            .build();
  }

  /** Java resends a POST of its own accord when a pooled connection fails, if told to by this. */
  static void refuseResending(@Nullable String enableAllMethodRetry) {
    if (enableAllMethodRetry != null && !enableAllMethodRetry.equalsIgnoreCase("false")) {
      throw new IllegalStateException(
          "start Java without -Djdk.httpclient.enableAllMethodRetry: it sends calls twice");
    }
  }

  /** How far the PBX's clock is ahead of ours. */
  public Duration skew() {
    return skew.ahead();
  }

  /** How busy this connection is now. */
  public PbxTraffic traffic() {
    int free = slots.getMetrics().getAvailableConcurrentCalls();
    return new PbxTraffic(
        limits.atOnce() - free,
        limits.atOnce(),
        turns.waiting(Turn.USUAL),
        turns.waiting(Turn.FIRST),
        pace.perMinute());
  }

  /** Sends the call once and returns the answer, body read, or throws within {@code limit}. */
  public HttpAnswer send(HttpCall call, Optional<Credential> credential, Duration limit) {
    var time = new CallTime(limit);
    takeTurn(call);
    try {
      return exchange(call, credential, time);
    } finally {
      slots.onComplete();
    }
  }

  private void takeTurn(HttpCall call) {
    if (!turns.await(call.turn(), patience)) {
      throw unavailable(
          Cause.THROTTLED, "more calls wait than can be sent, " + call.name() + " too");
    }
    try {
      if (!pace.await()) {
        throw unavailable(
            Cause.THROTTLED, "requests-per-minute is used up, none for " + call.name());
      }
      if (!slots.tryAcquirePermission()) {
        throw unavailable(Cause.THROTTLED, "all connections are busy, none for " + call.name());
      }
    } finally {
      turns.next();
    }
  }

  private HttpAnswer exchange(HttpCall call, Optional<Credential> credential, CallTime time) {
    Duration left = time.left();
    if (!left.isPositive()) {
      throw unavailable(Cause.UNREACHABLE, "no time was left for " + call.name());
    }
    var body = new WatchedBody(publisher(call));
    Instant sent = clock.instant();
    HttpResponse<String> response = await(call, body, request(call, credential, body), left);
    response.headers().firstValue("Date").ifPresent(it -> skew.learn(it, sent, clock.instant()));
    log.debug("pbx answered pbx={} call={} status={}", pbx, call.name(), response.statusCode());
    if (response.statusCode() / 100 == 3) {
      throw unavailable(
          Cause.UNREACHABLE,
          "a redirect answered " + call.name() + " (base-url must name the PBX itself)");
    }
    return new HttpAnswer(
        response.statusCode(),
        response.headers().firstValue("Content-Type"),
        response.headers().firstValue("Retry-After").flatMap(it -> RetryAfter.read(it, clock)),
        response.body());
  }

  private HttpRequest request(HttpCall call, Optional<Credential> credential, WatchedBody body) {
    var request = HttpRequest.newBuilder(URI.create(base + call.path()));
    request.header("Accept", "application/json");
    call.body().map(HttpBody::contentType).ifPresent(it -> request.header("Content-Type", it));
    credential.ifPresent(it -> request.header(it.header(), it.value().reveal()));
    return request.method(call.method(), body).build();
  }

  private static HttpRequest.BodyPublisher publisher(HttpCall call) {
    return call.body()
        .map(body -> BodyPublishers.ofString(body.text().reveal()))
        .orElseGet(BodyPublishers::noBody);
  }

  private HttpResponse<String> await(
      HttpCall call, WatchedBody body, HttpRequest request, Duration limit) {
    // Not HttpRequest.timeout: that one stops counting at the head of the answer.
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, head -> new BoundedText(BODY_LIMIT));
    try {
      return answer.get(limit.toNanos(), NANOSECONDS);
    } catch (ExecutionException failed) {
      throw failure(call, body, failed.getCause() == null ? failed : failed.getCause());
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw failure(call, body, new IOException("no answer within " + limit.toMillis() + " ms"));
    } catch (InterruptedException stopped) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw failure(call, body, new IOException("we are stopping"));
    }
  }

  private PbxException failure(HttpCall call, WatchedBody body, Throwable cause) {
    if (call.kind() == Kind.EFFECT && body.mayHaveLeft() && !beforeTheFirstByte(cause)) {
      return new OutcomeUnknown("pbx '" + pbx + "': no clear answer to " + call.name(), cause);
    }
    return TlsFailure.certificate(cause)
        .map(why -> unavailable(Cause.UNTRUSTED, "nothing was sent of " + call.name() + ": " + why))
        .orElseGet(
            () ->
                unavailable(
                    Cause.UNREACHABLE, "no answer to " + call.name() + ": " + words(cause)));
  }

  private static String words(Throwable cause) {
    if (TlsFailure.isNoTls(cause)) {
      return "what answers there speaks no TLS; is base-url to begin with http:?";
    }
    if (cause instanceof HttpConnectTimeoutException) {
      return "no connection in time";
    }
    if (cause instanceof ConnectException) {
      return unresolved(cause) ? "its host name is not known" : "connection refused";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static boolean unresolved(Throwable cause) {
    return cause.getCause() instanceof UnresolvedAddressException
        || (cause.getCause() != null
            && cause.getCause().getCause() instanceof UnresolvedAddressException);
  }

  private static boolean beforeTheFirstByte(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof SSLHandshakeException
        || TlsFailure.isNoTls(cause);
  }

  private Unavailable unavailable(Cause cause, String what) {
    return new Unavailable(cause, TRY_AGAIN, "pbx '" + pbx + "': " + what);
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
    threads.close();
  }
}
