package dev.patchbay.pbx.http;

/** Whose turn comes first where more is to be sent than may be. */
public enum Turn {
  /** What takes away, and what all others wait for. */
  FIRST,
  USUAL
}
