package dev.patchbay.app;

import dev.patchbay.pbx.api.PbxDialect;
import dev.patchbay.pbx.crmcom.CrmComDialect;
import dev.patchbay.pbx.ipcortex.IpCortexDialect;
import dev.patchbay.pbx.portsip.PortSipDialect;
import dev.patchbay.pbx.xelion.XelionDialect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every family of phone systems there is; a new one is one more line here. */
final class Dialects {
  private static final List<PbxDialect> ALL =
      List.of(
          new PortSipDialect(), new IpCortexDialect(), new XelionDialect(), new CrmComDialect());

  private Dialects() {}

  /** By the word configuration and commands use. */
  static Map<String, PbxDialect> byName() {
    var byName = new LinkedHashMap<String, PbxDialect>();
    ALL.forEach(dialect -> byName.put(dialect.name(), dialect));
    return byName;
  }

  /** The one with that name; {@link IllegalArgumentException} when there is none. */
  static PbxDialect named(String name) {
    return ALL.stream()
        .filter(dialect -> dialect.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name));
  }
}
