package dev.patchbay.app;

import dev.patchbay.config.Secret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** The directory a command keeps its files in; readable by its owner alone when made here. */
record DataDirectory(Path path) {

  /** The directory, made with its parents where it is missing. */
  static DataDirectory make(Path directory) {
    Path path = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path, mode("rwx------"));
    } catch (IOException e) {
      throw CommandFailed.because("cannot make the directory " + path, e);
    }
    if (!Files.isWritable(path)) {
      throw CommandFailed.because("cannot write into " + path);
    }
    return new DataDirectory(path);
  }

  /** Writes a secret that only the owner can read; a crash leaves the old or the new one. */
  void write(String name, Secret secret) {
    try {
      Path file = Files.createTempFile(path, name, ".new", mode("rw-------"));
      Files.writeString(file, secret.reveal() + "\n");
      Files.move(file, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw CommandFailed.because("cannot write " + path.resolve(name), e);
    }
  }

  /** Makes {@code file} empty and for its owner only, unless it is there. */
  void makePrivate(Path file) {
    try {
      Files.createFile(file, mode("rw-------"));
    } catch (FileAlreadyExistsException e) {
      // Whoever made it chose its mode.
    } catch (IOException e) {
      throw CommandFailed.because("cannot make the file " + file, e);
    }
  }

  /**
   * Keeps a second process that asks for the same lock out until this one ends, however it ends.
   */
  FileChannel lock(String name) {
    Path file = path.resolve(name);
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw CommandFailed.because(path + " is in use by another patchbay");
      }
      return channel;
    } catch (OverlappingFileLockException e) {
      throw CommandFailed.because(path + " is in use by another patchbay");
    } catch (IOException e) {
      throw CommandFailed.because("cannot lock " + file, e);
    }
  }

  private static FileAttribute<?>[] mode(String permissions) {
    // Windows keeps access lists instead; a user's own directories are private there.
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
