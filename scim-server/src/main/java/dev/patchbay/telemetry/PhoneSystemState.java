package dev.patchbay.telemetry;

/** Whether a phone system can be worked with now. */
public enum PhoneSystemState {
  UP,
  DOWN,
  /** Nothing was asked of it lately. */
  UNKNOWN
}
