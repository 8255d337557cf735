package dev.patchbay.pbx.api;

import dev.patchbay.config.Section;
import java.time.Clock;
import java.util.function.IntSupplier;

/** One family of phone systems: how its settings read and how it is spoken to. */
public interface PbxDialect {

  /** The word for it in configuration and commands, such as {@code portsip}. */
  String name();

  /** What its roles are called where the settings do not say otherwise. */
  PbxRoleNames roles();

  /**
   * Reads the {@code pbx} section of tenant {@code tenant} and opens an adapter. No call is made to
   * the PBX: it may be down while the bridge starts.
   *
   * @param bridges how many bridges, this one included, have to share the PBX's limits now
   */
  PbxAdapter open(String tenant, Section settings, Clock clock, IntSupplier bridges);
}
