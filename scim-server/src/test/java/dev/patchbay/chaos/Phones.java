package dev.patchbay.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** An emulated phone system as a process that can be killed and started again. */
final class Phones {
  private static final List<String> JAVA = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final PhoneSystem system;
  private final String name;
  private final Path folder;
  private final String token;
  private final int port = World.freePort();
  private final AtomicReference<Program> program = new AtomicReference<>();

  /**
   * Started, and ready.
   *
   * @param name of its log and of the folder that it keeps its data in
   */
  Phones(PhoneSystem system, String name, Path folder, String token) throws InterruptedException {
    this.system = system;
    this.name = name;
    this.folder = folder;
    this.token = token;
    start();
  }

  PhoneSystem system() {
    return system;
  }

  /** How the bridge reaches it: lines of the section {@code pbx}. */
  List<String> access() {
    return system.access(port);
  }

  /** Until it is ready. */
  void start() throws InterruptedException {
    var log = folder.resolve(name + ".log");
    var at = List.of("--port", Integer.toString(port), "--data", name, "--token", token);
    var arguments = new ArrayList<>(List.of("emulate", system.dialect()));
    arguments.addAll(at);
    program.set(Program.start(folder, log, JAVA, arguments));
    if (!program.get().awaitReady()) {
      throw new IllegalStateException("the emulated PBX did not start; " + log + " says why");
    }
  }

  void halt(long millis) throws InterruptedException {
    program.get().halt(millis);
  }

  void kill() throws InterruptedException {
    program.get().kill();
  }

  /** As its administrator. */
  Http administrator() {
    return Http.to("http://127.0.0.1:" + port, token);
  }

  /** What it has. */
  Kept kept() throws InterruptedException {
    try (var administrator = administrator()) {
      return Kept.in(system, folder.resolve(name), administrator);
    }
  }
}
