package dev.patchbay.app;

import dev.patchbay.config.Secret;
import dev.patchbay.emulator.Emulator;
import dev.patchbay.emulator.Place;
import dev.patchbay.emulator.crmcom.CrmComEmulator;
import dev.patchbay.emulator.crmcom.CrmComOptions;
import dev.patchbay.emulator.crmcom.CrmComOptions.Access;
import dev.patchbay.emulator.ipcortex.IpCortexEmulator;
import dev.patchbay.emulator.ipcortex.IpCortexEmulatorOptions;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import dev.patchbay.emulator.xelion.XelionEmulator;
import dev.patchbay.emulator.xelion.XelionEmulatorOptions;
import java.io.IOException;
import java.util.ArrayList;

/** The emulated PBX of every dialect as it is without a switch, and where it usually is. */
final class Emulators {
  private static final int FIRST_PORT = 8887;

  private Emulators() {}

  /** Where the emulator of that dialect listens unless told. */
  static int usualPort(String dialect) {
    return FIRST_PORT + new ArrayList<>(Dialects.byName().keySet()).indexOf(dialect);
  }

  /**
   * Starts one.
   *
   * @param secret lets the bridge in, in whatever way the dialect has
   * @throws IOException if its port is taken
   */
  static Emulator start(String dialect, Place place, Secret secret) throws IOException {
    return switch (dialect) {
      case "portsip" -> PortSipEmulator.start(portSip(place, secret));
      case "ipcortex" -> IpCortexEmulator.start(ipCortex(place, secret));
      case "xelion" -> XelionEmulator.start(xelion(place, secret));
      case "crmcom" -> CrmComEmulator.start(crmCom(place, secret));
      default -> throw new IllegalArgumentException("dialect '" + dialect + "' has no emulator");
    };
  }

  static PortSipEmulatorOptions portSip(Place place, Secret secret) {
    return PortSipEmulatorOptions.defaults().at(place).withToken(secret.reveal());
  }

  static IpCortexEmulatorOptions ipCortex(Place place, Secret secret) {
    return IpCortexEmulatorOptions.defaults().with(place).withSecret(secret.reveal());
  }

  static XelionEmulatorOptions xelion(Place place, Secret secret) {
    return XelionEmulatorOptions.defaults(secret.reveal()).at(place);
  }

  static CrmComOptions crmCom(Place place, Secret secret) {
    String accepted = secret.reveal();
    return CrmComOptions.defaults()
        .withPlace(place)
        .withAccess(new Access("bridge", accepted, "Acme", accepted));
  }
}
