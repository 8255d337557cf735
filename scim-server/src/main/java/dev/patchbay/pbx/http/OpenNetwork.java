package dev.patchbay.pbx.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Whether the way to a host leads through networks of others. */
final class OpenNetwork {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");

  /**
   * Of one machine or one site: a container's short name, and what RFCs 6762, 9476 and 8375 name.
   */
  private static final Pattern NEAR =
      Pattern.compile("[^.]+|.*\\.(localhost|local|internal|lan|home\\.arpa|test|invalid)");

  private OpenNetwork() {}

  /** Looks nothing up. */
  static boolean reaches(String host) {
    if (!ADDRESS.matcher(host).matches()) {
      return !NEAR.matcher(host).matches();
    }
    try {
      var address = InetAddress.getByName(host);
      return !address.isLoopbackAddress()
          && !address.isSiteLocalAddress()
          && !address.isLinkLocalAddress()
          && !address.isAnyLocalAddress();
    } catch (UnknownHostException e) {
      return true;
    }
  }
}
