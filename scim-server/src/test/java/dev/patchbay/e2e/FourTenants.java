package dev.patchbay.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.app.OpenBridge;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.Emulator;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.crmcom.CrmComEmulator;
import dev.patchbay.emulator.crmcom.CrmComOptions;
import dev.patchbay.emulator.ipcortex.IpCortexEmulator;
import dev.patchbay.emulator.ipcortex.IpCortexEmulatorOptions;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import dev.patchbay.emulator.xelion.XelionEmulator;
import dev.patchbay.emulator.xelion.XelionEmulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * One bridge with a tenant of each dialect, called as its dialect is, and their emulated phone
 * systems, all in this process as in a demo.
 */
public final class FourTenants implements AutoCloseable {
  public static final List<String> NAMES = List.of("portsip", "ipcortex", "xelion", "crmcom");

  private static final String SECRET = "Orange-4-Teapot-Key";
  private static final Secret OPERATOR = TokenHash.randomToken();

  private final Map<String, Emulator> pbxs;
  private final Map<String, Secret> tokens;
  private final OpenBridge bridge;

  private FourTenants(Map<String, Emulator> pbxs, Map<String, Secret> tokens, OpenBridge bridge) {
    this.pbxs = pbxs;
    this.tokens = tokens;
    this.bridge = bridge;
  }

  /**
   * Opens all of it.
   *
   * @param pbx more of each {@code pbx} section
   */
  public static FourTenants in(Path directory, String pbx) throws IOException {
    var portSip = PortSipEmulator.start(PortSipEmulatorOptions.defaults().withToken(SECRET));
    var ipCortex = IpCortexEmulator.start(IpCortexEmulatorOptions.defaults().withSecret(SECRET));
    var xelion = XelionEmulator.start(XelionEmulatorOptions.defaults(SECRET));
    var crmCom = CrmComEmulator.start(CrmComOptions.defaults());
    var tokens =
        NAMES.stream().collect(Collectors.toMap(name -> name, name -> TokenHash.randomToken()));
    var yaml =
        """
        listen: { port: 0 }
        store: { url: "sqlite:bridge.db" }
        operators: [ { name: kim, hash: "%9$s" } ]
        tenants:
          portsip:
            tokens: [ { name: idp, hash: "%1$s" } ]
            pbx: { dialect: portsip, base-url: "%5$s", token: env:SECRET, %10$s }
            mapping: { email-fallback: "{pbxUserName}@example.invalid",
              roles: { Telephony Lead: QueueManager },
              extensions: { pools: { default: { ranges: ["1000-9999"] } } } }
          ipcortex:
            tokens: [ { name: idp, hash: "%2$s" } ]
            pbx: { dialect: ipcortex, base-url: "%6$s", username: bridge, password: env:SECRET,
              company: acme, disabled-role: suspended, %10$s }
            mapping: { roles: { Telephony Lead: manager },
              extensions: { pools: { default: { ranges: ["1000-9999"] } } } }
          xelion:
            tokens: [ { name: idp, hash: "%3$s" } ]
            pbx: { dialect: xelion, base-url: "%7$s", username: bridge, password: env:SECRET, %10$s }
            mapping: { default-role: user, roles: { Telephony Lead: manager } }
          crmcom:
            tokens: [ { name: idp, hash: "%4$s" } ]
            pbx: { dialect: crmcom, base-url: "%8$s", api-key: env:SECRET,
              templates: { default: { name: Back office }, agent: { name: Agent, cti: true } }, %10$s }
            mapping: { roles: { Telephony Lead: agent },
              extensions: { pools: { default: { ranges: ["1000-9999"] } } } }
        """
            .formatted(
                hash(tokens, "portsip"),
                hash(tokens, "ipcortex"),
                hash(tokens, "xelion"),
                hash(tokens, "crmcom"),
                portSip.uri(),
                ipCortex.uri(),
                xelion.uri(),
                crmCom.baseUrl(),
                TokenHash.of(OPERATOR).text(),
                pbx);
    return new FourTenants(
        Map.of("portsip", portSip, "ipcortex", ipCortex, "xelion", xelion, "crmcom", crmCom),
        tokens,
        OpenBridge.with(directory, yaml, Map.of("SECRET", SECRET)));
  }

  private static String hash(Map<String, Secret> tokens, String tenant) {
    return TokenHash.of(tokens.get(tenant)).text();
  }

  static List<String> except(String tenant) {
    return NAMES.stream().filter(name -> !name.equals(tenant)).toList();
  }

  public ScimClient scim(String tenant) {
    return scim(tenant, tenant);
  }

  /** With the token of a tenant, its own or another one. */
  ScimClient scim(String tenant, String tokenOf) {
    return new ScimClient(Http.of(bridge.scimUrl(tenant), tokens.get(tokenOf).reveal()));
  }

  Emulator pbx(String tenant) {
    return pbxs.get(tenant);
  }

  /** Whatever this phone system is asked goes wrong in this way from now on. */
  public void fails(String tenant, Fault fault) {
    pbx(tenant)
        .faults()
        .replace(new FaultRule(Optional.empty(), Optional.empty(), fault, OptionalInt.empty()));
  }

  public void works(String tenant) {
    pbx(tenant).faults().replace();
  }

  /** What the operators' API says. */
  JsonNode operator(String path) {
    return Http.of(bridge.scimUrl("portsip").resolve("/api/v1"), OPERATOR.reveal())
        .send("GET", path, Optional.empty())
        .is(200)
        .json()
        .path("items");
  }

  @Override
  public void close() {
    bridge.close();
    pbxs.values().forEach(Emulator::close);
  }
}
