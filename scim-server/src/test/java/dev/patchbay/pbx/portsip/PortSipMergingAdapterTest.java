package dev.patchbay.pbx.portsip;

import dev.patchbay.emulator.portsip.AuthStyle;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import dev.patchbay.emulator.portsip.Undocumented.MemberAddTwice;
import dev.patchbay.emulator.portsip.UpdateMode;

/** The other answers to what PortSIP leaves undocumented, and a service account. */
class PortSipMergingAdapterTest extends PortSipAdapterTest {

  @Override
  protected PortSipEmulatorOptions emulated(PortSipEmulatorOptions defaults) {
    return defaults
        .withUpdateMode(UpdateMode.MERGE)
        .withDuplicateStatus(409)
        .withMemberAddTwice(MemberAddTwice.REFUSED)
        .withAuthStyles(AuthStyle.SIGNIN);
  }

  @Override
  protected String settings() {
    return """
    username: bridge
    domain: office.example.com
    password: file:%s
    update-mode: merge
    """
        .formatted(secret());
  }
}
