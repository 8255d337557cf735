package dev.patchbay.pbx.crmcom;

import dev.patchbay.emulator.crmcom.CrmComOptions;
import dev.patchbay.emulator.crmcom.Undocumented;
import dev.patchbay.emulator.crmcom.Undocumented.NeedlessExtension;
import dev.patchbay.emulator.crmcom.Undocumented.NewId;
import java.nio.file.Path;
import java.util.Set;

/** The other answers to what CRM.COM leaves open, and a user who signs in. */
class CrmComOtherwiseAdapterTest extends CrmComAdapterTest {

  @Override
  protected CrmComOptions emulated(CrmComOptions defaults) {
    return defaults
        .withPrefix("/web/api/v4")
        .withUndocumented(
            new Undocumented(Set.of("id"), 400, NewId.NOWHERE, NeedlessExtension.REFUSED));
  }

  @Override
  protected String login(Path key, Path password) {
    return "username: bridge\norganisation: Acme\npassword: file:" + password;
  }

  @Override
  protected String templates() {
    return "agent: { id: '1', cti: true }, office: { id: '2' }";
  }
}
