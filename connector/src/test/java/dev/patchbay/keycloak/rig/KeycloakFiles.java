package dev.patchbay.keycloak.rig;

import dev.patchbay.keycloak.rig.KeycloakSettings.Build;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Keycloaks that {@code kc.sh build} has prepared for one kind of database. That takes 10 to 40 s,
 * so they are kept until the connector's jar changes.
 */
final class KeycloakFiles {
  /** C1 alone: half the processor time of a process this short. */
  static final String SHORT_LIVED =
      "-Xms128m -Xmx768m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dfile.encoding=UTF-8";

  private KeycloakFiles() {}

  /** The folder of the prepared server. */
  static synchronized Path prepared(Build build) {
    try {
      var parent = Files.createDirectories(Places.work().resolve("prepared"));
      var kind =
          "%s-%s-%d-%08x-"
              .formatted(
                  Places.keycloakVersion(),
                  build.database(),
                  build.jars().size(),
                  build.options().hashCode());
      var place = parent.resolve(kind + digest(build.jars()));
      if (!Files.exists(place)) {
        deleteOlder(parent, kind);
        var fresh = parent.resolve("fresh-" + ProcessHandle.current().pid());
        prepare(fresh, build);
        Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
      }
      return place;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void prepare(Path folder, Build build) throws IOException {
    delete(folder);
    copy(Places.keycloak(), folder);
    for (Path jar : build.jars()) {
      Files.copy(jar, folder.resolve("providers").resolve(jar.getFileName()));
    }
    var command =
        new ArrayList<>(
            List.of(
                "sh",
                "bin/kc.sh",
                "build",
                "--db=" + build.database(),
                "--health-enabled=true",
                "--metrics-enabled=true"));
    command.addAll(build.options());
    var log = folder.resolve("build.log");
    Program.start(folder, log, Map.of("JAVA_OPTS", SHORT_LIVED), command).awaitDone();
  }

  /** Lays files of realms where {@code --import-realm} looks. */
  static void importable(List<Path> realms, Path prepared) {
    try {
      var folder = Files.createDirectories(prepared.resolve("data/import"));
      for (Path realm : realms) {
        Files.copy(realm, folder.resolve(realm.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(List<Path> jars) throws IOException {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      for (Path jar : jars) {
        sha.update(Files.readAllBytes(jar));
      }
      return HexFormat.of().formatHex(sha.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void deleteOlder(Path parent, String kind) throws IOException {
    try (var files = Files.list(parent)) {
      for (Path older : files.filter(it -> it.getFileName().toString().startsWith(kind)).toList()) {
        delete(older);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
