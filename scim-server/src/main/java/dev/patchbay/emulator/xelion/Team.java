package dev.patchbay.emulator.xelion;

/** What users are together in: its own type, and the type of who is in it. */
enum Team {
  LINE("/phonelines", "XCCPhoneLine", "XCCConnectedUser"),
  GROUP("/usergroups", "XCCUserGroup", "XCCUserGroupParticipant");

  private final String resource;
  private final String type;
  private final String relationType;

  Team(String resource, String type, String relationType) {
    this.resource = resource;
    this.type = type;
    this.relationType = relationType;
  }

  String resource() {
    return resource;
  }

  String type() {
    return type;
  }

  String relationType() {
    return relationType;
  }
}
