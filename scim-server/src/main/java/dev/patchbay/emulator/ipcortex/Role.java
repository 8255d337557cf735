package dev.patchbay.emulator.ipcortex;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The roles there are, made up but for {@code user}; each has an id and a short name. */
enum Role {
  ADMIN(1),
  USER(3),
  MANAGER(5),
  /** Lets nobody sign in. */
  SUSPENDED(9);

  private final int id;

  Role(int id) {
    this.id = id;
  }

  int id() {
    return id;
  }

  /** The short name. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean letsIn() {
    return this != SUSPENDED;
  }

  static Role of(int id) {
    return Arrays.stream(values()).filter(role -> role.id == id).findFirst().orElseThrow();
  }

  /** The role of {@code roleid}: an integer, or the short name in lower case. */
  static Optional<Role> of(JsonNode roleid) {
    return Arrays.stream(values())
        .filter(
            role ->
                roleid.isInt()
                    ? roleid.intValue() == role.id
                    : roleid.isTextual() && roleid.textValue().equals(role.word()))
        .findFirst();
  }
}
