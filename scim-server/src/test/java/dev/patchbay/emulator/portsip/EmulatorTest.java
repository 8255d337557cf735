package dev.patchbay.emulator.portsip;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Emulators that end with the test. */
@Timeout(60)
class EmulatorTest {
  private final List<PortSipEmulator> started = new ArrayList<>();

  PortSipEmulator start(PortSipEmulatorOptions options) throws IOException {
    var pbx = PortSipEmulator.start(options);
    started.add(pbx);
    return pbx;
  }

  PortSipEmulator start() throws IOException {
    return start(PortSipEmulatorOptions.defaults());
  }

  @AfterEach
  void closeAll() {
    started.forEach(PortSipEmulator::close);
  }
}
