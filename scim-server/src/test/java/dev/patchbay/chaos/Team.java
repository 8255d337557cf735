package dev.patchbay.chaos;

/** A group that people of several senders join and leave; it stays. */
record Team(String name, String id) {
  @Override
  public String toString() {
    return name;
  }
}
