package dev.patchbay.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's program files, unpacked once for each user of the machine. */
final class PostgresProgram {
  private PostgresProgram() {}

  /** The directory that has {@code bin}, {@code lib} and {@code share}; everybody may read it. */
  static Path unpacked() throws IOException {
    var packed = PostgresProgram.class.getResource("/" + archive());
    if (packed == null) {
      throw new IllegalStateException("there is no PostgreSQL for this machine: " + archive());
    }
    var size = packed.openConnection().getContentLengthLong();
    var temporary = Path.of(System.getProperty("java.io.tmpdir"));
    var user = System.getProperty("user.name");
    var place = temporary.resolve("patchbay-postgresql-" + user + "-" + size);
    if (!Files.exists(place)) {
      var fresh = Files.createTempDirectory("patchbay-postgresql-");
      try (var in = packed.openStream()) {
        unpack(in, fresh);
      }
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      return moved(fresh, place);
    }
    return ours(place);
  }

  /** As the archives of io.zonky.test.postgres are called. */
  private static String archive() {
    var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    var machine = System.getProperty("os.arch");
    return "postgres-"
        + (system.contains("mac") ? "darwin" : system)
        + (machine.equals("aarch64") ? "-arm_64" : "-x86_64")
        + ".txz";
  }

  private static void unpack(InputStream packed, Path into) throws IOException {
    var tar =
        new ProcessBuilder("tar", "-x", "-f", "-", "-C", into.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = tar.getOutputStream()) {
      new XZInputStream(packed).transferTo(out);
    }
    if (tar.onExit().join().exitValue() != 0) {
      throw new IOException("tar could not unpack PostgreSQL");
    }
  }

  private static Path moved(Path fresh, Path place) throws IOException {
    try {
      return Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      return fresh; // another test run was faster, or the file system cannot
    }
  }

  /** Nobody else's program is run. */
  private static Path ours(Path place) throws IOException {
    var mine = Files.createTempFile("patchbay-", "");
    var me = Files.getOwner(mine);
    Files.delete(mine);
    if (!Files.getOwner(place).equals(me)) {
      throw new IllegalStateException(place + " is not of " + me + ": delete it");
    }
    return place;
  }
}
