package dev.patchbay.pbx.portsip;

/** What an update does to the fields it does not name; PortSIP does not document it. */
enum UpdateMode {
  /** It may clear them: read first and send everything back. */
  READ_MODIFY_WRITE,
  /** It leaves them: send what changed. */
  MERGE
}
