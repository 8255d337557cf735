package dev.patchbay.keycloak.rig;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.UnaryOperator;

/** A Keycloak server, always at the same address, on a database that outlives it. */
public final class Keycloak implements AutoCloseable {
  static final String ADMINISTRATOR = "admin";

  private KeycloakSettings settings;
  private final Path folder;
  private final int port = Places.freePort();
  private final int managementPort = Places.freePort();
  private Program program;

  private Keycloak(KeycloakSettings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
    this.program = program();
  }

  /** Starts one without waiting; prepares it first, if need be. */
  static Keycloak start(Path folder, KeycloakSettings settings) {
    return new Keycloak(settings, folder);
  }

  private Program program() {
    var environment = new HashMap<>(settings.environment());
    environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMINISTRATOR);
    environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMINISTRATOR);
    var command =
        new ArrayList<>(
            List.of(
                "sh",
                "bin/kc.sh",
                "start",
                "--optimized",
                "--http-enabled=true",
                "--hostname-strict=false",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-port=" + managementPort));
    command.addAll(settings.options());
    var prepared = KeycloakFiles.prepared(settings.build());
    if (!settings.realms().isEmpty()) {
      command.add("--import-realm");
      KeycloakFiles.importable(settings.realms(), prepared);
    }
    return Program.start(prepared, log(), environment, command);
  }

  /** Waits until it serves. */
  public Keycloak awaitReady() {
    program.awaitReady(
        () -> Http.answers(management("/health/ready")) && Http.answers(at("/realms/master")));
    return this;
  }

  /** An address below its own. */
  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  URI management(String path) {
    return URI.create("http://127.0.0.1:" + managementPort + path);
  }

  KeycloakSettings settings() {
    return settings;
  }

  /** What it measures, a line each. */
  public List<String> metrics() {
    return Http.sent(HttpRequest.newBuilder(management("/metrics")).build())
        .text()
        .lines()
        .toList();
  }

  /** What its heap holds, garbage included. */
  public long heapMiB() {
    return metrics().stream()
            .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
            .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum()
        >> 20;
  }

  /** Everything it has printed. */
  public Path log() {
    return folder.resolve("keycloak-" + port + ".log");
  }

  /** As its first administrator. */
  public Admin admin() {
    return new Admin(at(""));
  }

  /** SIGKILL. */
  public void kill() {
    program.kill();
  }

  /** SIGTERM, and waits for the end. */
  public void stop() {
    program.stop();
  }

  /** Starts it again, otherwise than before, and waits. */
  public void restart(UnaryOperator<KeycloakSettings> change) {
    settings = change.apply(settings);
    restart();
  }

  /** Starts it again and waits. */
  public void restart() {
    program = program();
    awaitReady();
  }

  @Override
  public void close() {
    kill();
  }
}
