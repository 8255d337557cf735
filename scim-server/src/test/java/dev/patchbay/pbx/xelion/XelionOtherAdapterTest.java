package dev.patchbay.pbx.xelion;

import dev.patchbay.emulator.xelion.Undocumented;
import dev.patchbay.emulator.xelion.XelionEmulatorOptions;
import java.util.List;

/** A Xelion that behaves the other way in all that its pages leave open, and settings for it. */
class XelionOtherAdapterTest extends XelionAdapterTest {

  @Override
  protected XelionEmulatorOptions emulated(XelionEmulatorOptions defaults) {
    return super.emulated(defaults).with(Undocumented.other());
  }

  @Override
  protected String settings() {
    return "addresses-on-create: false\nupdate-with: put\n";
  }

  @Override
  protected List<String> changeOfAnAccount() {
    return List.of("GET /users/#", "PUT /users/#");
  }

  /** Deleting the account took the Person along: a look confirms it. */
  @Override
  protected List<String> aLife() {
    return List.of(
        "POST /addressables",
        "PUT /addressables/#",
        "POST /users",
        "DELETE /users/#",
        "DELETE /addressables/#",
        "GET /addressables/#");
  }
}
