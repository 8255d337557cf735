package dev.patchbay.provisioning;

import dev.patchbay.config.Section;
import dev.patchbay.mapping.KnownPbx;
import dev.patchbay.pbx.api.PbxField;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of a deleted user on the PBX.
 *
 * @param what whether it goes there, too
 * @param retain how long a disabled one is kept, from its deletion on; only with {@link
 *     What#DISABLE_THEN_DELETE}
 */
record DeletePolicy(What what, Optional<Duration> retain) {
  private static final Duration USUAL = Duration.ofDays(30);

  /** What is done when the identity provider deletes a user. */
  enum What {
    DELETE,
    /** Kept, disabled, for whoever comes back. */
    DISABLE,
    /** The same for a while. */
    DISABLE_THEN_DELETE
  }

  static DeletePolicy from(Section section) {
    var what = section.choice("delete", What.DELETE);
    if (what == What.DISABLE_THEN_DELETE) {
      var retain = section.duration("retain", USUAL, Duration.ofMinutes(1), Duration.ofDays(3650));
      return new DeletePolicy(what, Optional.of(retain));
    }
    if (section.has("retain")) {
      var unused = section.duration("retain", USUAL);
      section.reject("retain", "expected only with 'delete: disable-then-delete'");
    }
    return new DeletePolicy(what, Optional.empty());
  }

  /** Refuses to keep people out by a switch that the PBX has not. */
  void check(Section section, KnownPbx pbx) {
    if (retains() && !pbx.changes(PbxField.ENABLED)) {
      section.reject("delete", "expected delete: this pbx cannot disable users");
    }
  }

  boolean retains() {
    return what != What.DELETE;
  }
}
