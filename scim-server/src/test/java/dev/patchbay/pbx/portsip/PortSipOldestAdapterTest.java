package dev.patchbay.pbx.portsip;

import dev.patchbay.emulator.portsip.Level;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;

/** A PBX of v22.0: signing in by form, and an update of everything that clears by blanks. */
class PortSipOldestAdapterTest extends PortSipAdapterTest {

  @Override
  protected PortSipEmulatorOptions emulated(PortSipEmulatorOptions defaults) {
    return super.emulated(defaults).withLevel(Level.V22_0).withDuplicateStatus(409);
  }

  @Override
  protected String settings() {
    return """
    username: bridge
    domain: office.example.com
    password: file:%s
    api-level: "22.0"
    clear-with: empty
    """
        .formatted(secret());
  }
}
