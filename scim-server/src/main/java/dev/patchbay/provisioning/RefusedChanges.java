package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.provisioning.UserWrites.Change;
import dev.patchbay.schema.Impossible;
import dev.patchbay.schema.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes of users, of which that part is done that takes away when the PBX can never do the rest:
 * no repetition would end with the person out. What the sender got wrong is refused as a whole.
 */
record RefusedChanges(UserWrites writes, UserTarget target, Leavers leavers) {
  Entry change(Change change) {
    try {
      return writes.change(change);
    } catch (Refusal refusal) {
      throw refusal.kind() == Refusal.Kind.UNSUPPORTED ? takenAway(change, refusal) : refusal;
    }
  }

  /** What to say of it: the same, and what is done all the same. */
  private Refusal takenAway(Change change, Refusal refusal) {
    var labels = new ArrayList<String>();
    try {
      var unused =
          writes.change(
              new Change(
                  change.action(),
                  change.source(),
                  change.id(),
                  change.ifMatch(),
                  label -> UserRequests.ACCESS.contains(label) && change.names().test(label),
                  (base, impossible) -> part(change, base, refusal, labels)));
    } catch (Refusal nothing) {
      return refusal;
    }
    return new Refusal(
        refusal.kind(), refusal.detail() + "; done all the same: " + String.join(", ", labels));
  }

  private ObjectNode part(Change change, ObjectNode base, Refusal refusal, List<String> labels) {
    var asked = change.request().of(base, Impossible.LEFT_OUT);
    var part = target.offBoardingPart(base, asked);
    labels.clear();
    UserRequests.ACCESS.stream()
        .sorted()
        .filter(label -> !part.path(label).equals(base.path(label)))
        .forEach(labels::add);
    if (!target.microsoftId(part).equals(target.microsoftId(base))) {
      labels.add("ms365Id");
    }
    if (labels.isEmpty()) {
      throw refusal;
    }
    leavers.check(change.id(), base, part);
    return part;
  }
}
