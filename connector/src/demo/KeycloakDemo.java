import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Runs Keycloak with the connector, the bridge and an emulated PBX until it is told to stop, and
 * ends with whoever started it. A program of one source file, run by {@code java
 * KeycloakDemo.java}, therefore as long as it is: nothing of it is in the connector's jar. Maven's
 * profile {@code keycloak-demo} has its arguments.
 */
final class KeycloakDemo {
  private static final int KEYCLOAK_PORT = Integer.getInteger("demo.keycloak-port", 8180);
  private static final int BRIDGE_PORT = Integer.getInteger("demo.bridge-port", 8080);
  private static final int PBX_PORT = Integer.getInteger("demo.pbx-port", 8887);
  private static final String KEYCLOAK_URL = "http://127.0.0.1:" + KEYCLOAK_PORT;
  private static final String SCIM_URL = "http://127.0.0.1:" + BRIDGE_PORT + "/demo/scim/v2";
  private static final String PBX_URL = "http://127.0.0.1:" + PBX_PORT;

  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
  private static final Duration LOOK_EVERY = Duration.ofMillis(300);
  private static final int LINES_TOLD = 30;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** A process and where it says what it does. */
  private record Program(String name, Process process, Path log) {}

  private final Path keycloak;
  private final Path data;
  private final List<Program> programs = new ArrayList<>();

  private KeycloakDemo(Path keycloak, Path data) {
    this.keycloak = keycloak;
    this.data = data;
  }

  /**
   * @param args folder of an unpacked Keycloak, the connector's jar, the bridge's jar, the realm's
   *     file, and the folder for what the three keep
   */
  public static void main(String[] args) throws Exception {
    var demo = new KeycloakDemo(absolute(args[0]), absolute(args[4]));
    Runtime.getRuntime().addShutdownHook(new Thread(demo::stop, "stop"));
    Thread.ofPlatform().daemon().name("parent-watch").start(KeycloakDemo::endWithParent);
    try {
      demo.run(absolute(args[1]), absolute(args[2]), absolute(args[3]));
    } catch (IllegalStateException e) {
      System.err.println("keycloak-demo: " + e.getMessage());
      System.exit(1);
    }
  }

  private static Path absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize();
  }

  private void run(Path connector, Path bridge, Path realm) throws Exception {
    checkFree(List.of(KEYCLOAK_PORT, BRIDGE_PORT, PBX_PORT));
    var folder = Files.createDirectories(data).toFile();
    folder.setExecutable(false, false); // others do not get at the token
    folder.setExecutable(true, true);
    install(connector, keycloak.resolve("providers"));
    install(realm, Files.createDirectories(keycloak.resolve("data/import")));
    String token = token();
    startBoth(bridge, token);
    System.out.println("starting Keycloak, the bridge and the PBX; logs are in " + data);
    await(() -> get(KEYCLOAK_URL, "").isPresent() && get(SCIM_URL, "").isPresent());
    await(KeycloakDemo::everybodyIsSent);
    tell(token);
    await(() -> false);
  }

  private static void checkFree(List<Integer> ports) {
    for (int port : ports) {
      try (var socket = new ServerSocket(port)) {
        socket.setReuseAddress(true);
      } catch (IOException e) {
        throw new IllegalStateException("port " + port + " is in use, but needed here", e);
      }
    }
  }

  /** Keycloak prepares itself anew, which takes a while, when a provider's file is newer. */
  private static void install(Path file, Path folder) throws IOException {
    Path there = folder.resolve(file.getFileName());
    if (!Files.exists(there) || Files.mismatch(file, there) >= 0) {
      Files.deleteIfExists(there);
      Files.copy(file, there);
    }
  }

  /** The same at each start, since the realm keeps it. */
  private String token() throws IOException {
    Path file = data.resolve("token");
    if (!Files.exists(file)) {
      Files.writeString(file, "pb_" + UUID.randomUUID());
    }
    return Files.readString(file).strip();
  }

  /** Both or none, when it is told to stop meanwhile. */
  private synchronized void startBoth(Path bridge, String token) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var patchbay = List.of(java, "-Dpatchbay.exit-with-parent=true", "-jar", bridge.toString());
    var flags =
        List.of(
            "demo",
            "--port=" + BRIDGE_PORT,
            "--pbx-port=" + PBX_PORT,
            "--data=" + data.resolve("bridge"),
            "--token=" + token);
    start("bridge", data, Map.of(), patchbay, flags);

    var windows = System.getProperty("os.name").startsWith("Windows");
    var kc =
        windows ? List.of(keycloak.resolve("bin/kc.bat").toString()) : List.of("sh", "bin/kc.sh");
    var options =
        List.of(
            "start-dev", "--import-realm", "--http-host=127.0.0.1", "--http-port=" + KEYCLOAK_PORT);
    start("keycloak", keycloak, environment(token), kc, options);
  }

  private Map<String, String> environment(String token) {
    return Map.of(
        "JAVA_HOME",
        System.getProperty("java.home"),
        "JAVA_OPTS_APPEND",
        "-XX:TieredStopAtLevel=1", // starts in half the processor time
        "KC_DB_URL",
        "jdbc:h2:file:"
            + data.resolve("keycloak")
            + ";NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0",
        "KC_BOOTSTRAP_ADMIN_USERNAME",
        "admin",
        "KC_BOOTSTRAP_ADMIN_PASSWORD",
        "admin",
        "PATCHBAY_SCIM_URL",
        SCIM_URL, // both stand in the realm's file
        "PATCHBAY_SCIM_TOKEN",
        token);
  }

  private void start(
      String name,
      Path folder,
      Map<String, String> environment,
      List<String> program,
      List<String> arguments)
      throws IOException {
    var command = new ArrayList<>(program);
    command.addAll(arguments);
    Path log = data.resolve(name + ".log");
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.redirectOutput(log.toFile());
    programs.add(new Program(name, builder.start(), log));
  }

  /** Fails when what was started has ended. */
  private void await(BooleanSupplier reached) throws Exception {
    while (!reached.getAsBoolean()) {
      failIfEnded();
      Thread.sleep(LOOK_EVERY);
    }
  }

  private void failIfEnded() throws IOException {
    for (Program each : programs) {
      if (!each.process().isAlive()) {
        var lines = Files.readAllLines(each.log());
        var last = lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size());
        throw new IllegalStateException(
            each.name() + " ended; the end of " + each.log() + ":\n" + String.join("\n", last));
      }
    }
  }

  /** Whether the connector sends, has compared the realm once and has nothing left. */
  private static boolean everybodyIsSent() {
    return adminToken()
        .flatMap(token -> get(KEYCLOAK_URL + "/realms/acme/patchbay", token))
        .filter(it -> it.contains("\"ended\":") || it.contains("\"targets\":[]"))
        .filter(it -> !it.contains("\"sentByThisNode\":false"))
        .filter(it -> !it.contains("\"asked\":true") && !it.contains("\"running\":true"))
        .filter(it -> !Pattern.compile("\"ready\":[1-9]").matcher(it).find())
        .isPresent();
  }

  private static Optional<String> adminToken() {
    var url = KEYCLOAK_URL + "/realms/master/protocol/openid-connect/token";
    var form = "grant_type=password&client_id=admin-cli&username=admin&password=admin";
    return send(HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)))
        .map(Pattern.compile("\"access_token\":\"([^\"]+)\"")::matcher)
        .filter(it -> it.find())
        .map(it -> it.group(1));
  }

  private static Optional<String> get(String url, String token) {
    return send(HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token));
  }

  /** What was answered; none while there is no server. */
  private static Optional<String> send(HttpRequest.Builder request) {
    try {
      var limited = request.timeout(STOP_LIMIT).build();
      return Optional.of(HTTP.send(limited, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void tell(String token) {
    System.out.printf(
        """
        Admin console: %s/admin/master/console/#/acme/users (name admin, password admin)
        SCIM base URL: %s
        PBX URL:       %s
        token:         %s (of SCIM and of the PBX)
        data:          %s

        The people of the realm acme have phone accounts:
          curl -s -H 'Authorization: Bearer %4$s' '%3$s/api/users?top=100'

        ready
        """,
        KEYCLOAK_URL, SCIM_URL, PBX_URL, token, data);
  }

  /** Maven passes no signal on: what it started would outlive it. */
  private static void endWithParent() {
    var parent = ProcessHandle.current().parent().map(ProcessHandle::pid);
    try {
      while (ProcessHandle.current().parent().map(ProcessHandle::pid).equals(parent)) {
        Thread.sleep(LOOK_EVERY);
      }
      System.exit(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Gently first: what was started may be a script, which passes that on to Keycloak and waits for
   * it.
   */
  private synchronized void stop() {
    programs.forEach(each -> each.process().destroy());
    programs.forEach(each -> end(each.process()));
  }

  private static void end(Process process) {
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
