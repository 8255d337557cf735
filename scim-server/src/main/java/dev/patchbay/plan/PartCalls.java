package dev.patchbay.plan;

import dev.patchbay.directory.Applied;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.AddSpeedDial;
import dev.patchbay.pbx.api.PbxCall.AssignPhone;
import dev.patchbay.pbx.api.PbxCall.ChangeLine;
import dev.patchbay.pbx.api.PbxCall.ChangePhone;
import dev.patchbay.pbx.api.PbxCall.ChangeSpeedDial;
import dev.patchbay.pbx.api.PbxCall.JoinLine;
import dev.patchbay.pbx.api.PbxCall.LeaveLine;
import dev.patchbay.pbx.api.PbxCall.OfPart;
import dev.patchbay.pbx.api.PbxCall.RemovePhone;
import dev.patchbay.pbx.api.PbxCall.RemoveSpeedDial;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxPart;
import dev.patchbay.pbx.api.PbxParts;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxUser;
import java.util.ArrayList;
import java.util.List;

/**
 * One call per phone, speed dial or line that differs: what goes first, as it may be in the way.
 */
final class PartCalls {
  /** What a phone is, and not how it is set up. */
  private static final List<String> NATURE = List.of("vendor", "model", "template");

  private PartCalls() {}

  static List<PbxCall> of(PbxField kind, Applied applied, PbxRef ref, PbxUser user) {
    var wanted = PbxParts.of(user.get(kind));
    var held = applied.parts(kind);
    var calls = new ArrayList<PbxCall>();
    held.byKey().values().stream()
        .filter(part -> wanted.get(part.key()).isEmpty())
        .forEach(part -> calls.add(removed(kind, ref, part)));
    boolean known = !applied.maybe().contains(kind);
    for (PbxPart part : wanted.byKey().values()) {
      var before = held.get(part.key()).filter(it -> known);
      if (before.isEmpty()) {
        calls.add(added(kind, ref, part));
      } else if (isAnother(before.get(), part)) {
        calls.add(removed(kind, ref, before.get()));
        calls.add(added(kind, ref, part));
      } else if (!before.get().same(part)) {
        calls.add(changed(kind, ref, part.with(before.get().id())));
      }
    }
    return calls;
  }

  private static boolean isAnother(PbxPart before, PbxPart part) {
    return NATURE.stream().anyMatch(name -> !before.get(name).equals(part.get(name)));
  }

  /** Of a new user. */
  static List<PbxCall> ofNew(PbxField kind, PbxRef ref, PbxUser user) {
    return of(kind, Applied.NOTHING, ref, user);
  }

  private static OfPart added(PbxField kind, PbxRef ref, PbxPart part) {
    return switch (kind) {
      case PHONES -> new AssignPhone(ref, part);
      case SPEED_DIALS -> new AddSpeedDial(ref, part);
      case LINES -> new JoinLine(ref, part);
      default -> throw noParts(kind);
    };
  }

  private static OfPart changed(PbxField kind, PbxRef ref, PbxPart part) {
    return switch (kind) {
      case PHONES -> new ChangePhone(ref, part);
      case SPEED_DIALS -> new ChangeSpeedDial(ref, part);
      case LINES -> new ChangeLine(ref, part);
      default -> throw noParts(kind);
    };
  }

  private static OfPart removed(PbxField kind, PbxRef ref, PbxPart part) {
    return switch (kind) {
      case PHONES -> new RemovePhone(ref, part);
      case SPEED_DIALS -> new RemoveSpeedDial(ref, part);
      case LINES -> new LeaveLine(ref, part);
      default -> throw noParts(kind);
    };
  }

  private static IllegalArgumentException noParts(PbxField kind) {
    return new IllegalArgumentException(kind + " has no parts");
  }
}
