package dev.patchbay.emulator;

import java.util.Set;

/**
 * What the calls of one vendor's API have in common.
 *
 * @param name the dialect, which names the file the emulator keeps: {@code portsip.db}
 * @param tables SQL that makes what the emulator keeps where it is not there yet
 * @param secrets members of request bodies that the call log shows as {@code ***}, at any depth
 */
public record Vendor(String name, String tables, Set<String> secrets, ErrorForm errors) {
  public Vendor {
    secrets = Set.copyOf(secrets);
  }
}
