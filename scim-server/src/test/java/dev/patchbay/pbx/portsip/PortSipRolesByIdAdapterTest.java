package dev.patchbay.pbx.portsip;

import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;

/** A PBX of v22.3, whose roles have ids. */
class PortSipRolesByIdAdapterTest extends PortSipAdapterTest {

  @Override
  protected PortSipEmulatorOptions emulated(PortSipEmulatorOptions defaults) {
    return super.emulated(defaults).withRolesById(true);
  }

  @Override
  protected String settings() {
    return super.settings() + "\napi-level: \"22.3\"";
  }
}
