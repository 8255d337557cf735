package dev.patchbay.pbx.ipcortex;

import dev.patchbay.emulator.ipcortex.IpCortexEmulatorOptions;
import dev.patchbay.emulator.ipcortex.Undocumented.Counts;
import dev.patchbay.emulator.ipcortex.Undocumented.Ended;
import dev.patchbay.emulator.ipcortex.Undocumented.KeyPlace;
import dev.patchbay.emulator.ipcortex.Undocumented.Names;
import dev.patchbay.emulator.ipcortex.Undocumented.Nobody;

/** A key, released phones, and the other answer to all that IPCortex leaves open. */
class IpCortexOtherAdapterTest extends IpCortexAdapterTest {

  @Override
  protected IpCortexEmulatorOptions emulated(IpCortexEmulatorOptions defaults) {
    return defaults.with(
        defaults
            .undocumented()
            .withFailStatus(400)
            .with(KeyPlace.BEARER)
            .with(Ended.UNAUTHORIZED)
            .with(Counts.CHANGED)
            .with(Nobody.FAIL)
            .with(Names.COMPANY));
  }

  @Override
  protected String settings() {
    return """
    key: file:%s
    send-key-as: bearer
    deactivate-by: release
    real-names: plain
    """
        .formatted(secret());
  }
}
