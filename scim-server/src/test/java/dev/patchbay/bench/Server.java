package dev.patchbay.bench;

import dev.patchbay.bench.Connection.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A server in a process of its own, and the connections that load it. */
final class Server implements AutoCloseable {
  static final int CONNECTIONS = 8;

  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final int port;
  private final String token;
  private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

  private Server(Process process, int port, String token) {
    this.process = process;
    this.port = port;
    this.token = token;
  }

  /**
   * Starts {@code java} with these arguments and waits until it prints {@code ready}.
   *
   * @param log gets what the process prints
   * @param port where it answers from then on
   */
  static Server start(Path log, int port, String token, List<String> arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    var server = new Server(process, port, token);
    long end = System.nanoTime() + START.toNanos();
    while (!Files.exists(log) || !Files.readString(log).contains("ready")) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("did not start: " + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return server;
  }

  /** A request as it goes over the wire; an empty body is none. */
  byte[] request(String method, String path, String body) {
    var head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    head.append("Host: 127.0.0.1:").append(port).append("\r\n");
    head.append("Authorization: Bearer ").append(token).append("\r\n");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0) {
      head.append("Content-Type: application/json\r\n");
    }
    if (!method.equals("GET")) {
      head.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = Arrays.copyOf(start, start.length + bytes.length);
    System.arraycopy(bytes, 0, whole, start.length, bytes.length);
    return whole;
  }

  /** One request outside of any measurement, which must succeed. */
  Answer send(String method, String path, String body) throws IOException {
    try (var connection = Connection.to(port)) {
      Answer answer = connection.send(request(method, path, body));
      if (!answer.success()) {
        throw new IllegalStateException(method + " " + path + ": " + answer.text());
      }
      return answer;
    }
  }

  /** Sends the work on all connections side by side until it is used up or the time is. */
  Figures load(Supplier<? extends Work> work, Duration time) {
    return load(CONNECTIONS, work, time);
  }

  /** As {@link #load(Supplier, Duration)}, on so many connections. */
  Figures load(int atOnce, Supplier<? extends Work> work, Duration time) {
    var connections = connect(atOnce); // new ones: a server ends those that were idle for long
    try {
      return load(connections, work, time);
    } finally {
      connections.forEach(Connection::close);
    }
  }

  private List<Connection> connect(int count) {
    return IntStream.range(0, count).mapToObj(i -> Connection.to(port)).toList();
  }

  private Figures load(List<Connection> connections, Supplier<? extends Work> work, Duration time) {
    var cpu = cpu();
    long begin = System.nanoTime();
    var running =
        connections.stream()
            .map(each -> threads.submit(() -> run(each, work, begin + time.toNanos())))
            .toList();
    var nanos = running.stream().map(Server::result).flatMapToLong(Arrays::stream).toArray();
    double seconds = (System.nanoTime() - begin) / 1e9;
    return Figures.of(nanos, seconds, cpu().minus(cpu).toNanos() / 1e9);
  }

  private static long[] run(Connection connection, Supplier<? extends Work> all, long end)
      throws IOException {
    var nanos = new long[1024];
    int count = 0;
    long now = System.nanoTime();
    while (now < end) {
      Work work = all.get();
      if (work instanceof Work.None) {
        break;
      }
      Answer answer = connection.send(work.request());
      if (!answer.success()) {
        throw new IllegalStateException(
            new String(work.request(), StandardCharsets.UTF_8) + "\n" + answer.text());
      }
      work.answered(answer);
      long then = System.nanoTime();
      nanos = count == nanos.length ? Arrays.copyOf(nanos, 2 * count) : nanos;
      nanos[count++] = then - now;
      now = then;
    }
    return Arrays.copyOf(nanos, count);
  }

  private static long[] result(Future<long[]> run) {
    try {
      return run.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("a connection failed", e);
    }
  }

  /** What the process has used of the processors so far. */
  private Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** SIGTERM, and waits for the end. */
  @Override
  public void close() throws InterruptedException {
    threads.shutdown();
    process.toHandle().destroy();
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
