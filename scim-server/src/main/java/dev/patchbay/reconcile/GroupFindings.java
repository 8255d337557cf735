package dev.patchbay.reconcile;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.Membership;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.provisioning.Inspected;
import dev.patchbay.provisioning.SeenGroup;
import dev.patchbay.provisioning.SeenGroup.Part;
import dev.patchbay.provisioning.SeenUser.Difference;
import dev.patchbay.reconcile.Drift.Origin;
import dev.patchbay.reconcile.Finding.Outcome;
import dev.patchbay.reconcile.Finding.Subject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What there is to say of one group and who is in it. */
final class GroupFindings {
  private static final Set<PbxField> FIELDS =
      EnumSet.of(PbxField.NAME, PbxField.DESCRIPTION, PbxField.OUTBOUND_CALLER_IDS);

  private GroupFindings() {}

  /** What of a group a policy repairs. */
  static Set<Part> repaired(RepairPolicy policy) {
    return switch (policy) {
      case REPORT -> EnumSet.noneOf(Part.class);
      case UPSERT -> EnumSet.of(Part.GROUP, Part.LOST);
      case SYNC -> EnumSet.allOf(Part.class);
    };
  }

  static List<Finding> of(Inspected<SeenGroup> looked, RepairPolicy policy) {
    var seen = looked.seen();
    var repaired = repaired(policy);
    var findings = new ArrayList<Finding>();
    if (!seen.groupAgrees()) {
      findings.add(finding(group(seen), drift(seen), outcome(looked, repaired, Part.GROUP)));
    }
    var lost = outcome(looked, repaired, Part.LOST);
    seen.lost().forEach(row -> findings.add(finding(member(seen, row), new Drift.Missing(), lost)));
    var added = outcome(looked, repaired, Part.ADDED);
    var ours = new Drift.Unexpected(Origin.OURS);
    seen.added().forEach(row -> findings.add(finding(member(seen, row), ours, added)));
    seen.strangers().forEach(extension -> findings.add(stranger(seen, extension)));
    return findings;
  }

  private static Outcome outcome(Inspected<SeenGroup> looked, Set<Part> repaired, Part part) {
    return repaired.contains(part) ? Finding.outcome(looked.repair()) : new Outcome.Reported();
  }

  private static Finding finding(Subject subject, Drift drift, Outcome outcome) {
    return new Finding(subject, drift, false, outcome);
  }

  private static Drift drift(SeenGroup seen) {
    return seen.there()
        .<Drift>map(it -> new Drift.Different(differences(seen.wanted(), it)))
        .orElseGet(Drift.Missing::new);
  }

  private static Map<PbxField, Difference> differences(PbxGroup wanted, PbxGroup found) {
    var differences = new EnumMap<PbxField, Difference>(PbxField.class);
    for (PbxField field : FIELDS) {
      var values =
          new Difference(
              Optional.ofNullable(wanted.fields().get(field)),
              Optional.ofNullable(found.fields().get(field)));
      if (!values.wanted().equals(values.found())) {
        differences.put(field, values);
      }
    }
    return differences;
  }

  /** A group on the PBX that no entry knows. */
  static Finding stranger(Found<PbxGroup> group) {
    var subject =
        new Subject(
            "group",
            Optional.empty(),
            Optional.empty(),
            Optional.of(group.ref().id()),
            group.value().name());
    return finding(subject, new Drift.Unexpected(Origin.STRANGER), untouched());
  }

  /** Somebody in a group of ours who is no user of ours. */
  private static Finding stranger(SeenGroup seen, String extension) {
    var subject =
        new Subject(
            "member",
            Optional.empty(),
            Optional.of(seen.entry().id()),
            Optional.of(extension),
            name(seen.entry()));
    return finding(subject, new Drift.Unexpected(Origin.STRANGER), untouched());
  }

  private static Outcome untouched() {
    return new Outcome.Left("never touched unless it is imported");
  }

  private static Subject group(SeenGroup seen) {
    var entry = seen.entry();
    return new Subject(
        "group",
        Optional.of(entry.id()),
        Optional.empty(),
        entry.applied().ref().map(it -> it.id()),
        name(entry));
  }

  private static Subject member(SeenGroup seen, Membership row) {
    return new Subject(
        "member",
        Optional.of(row.userId()),
        Optional.of(row.groupId()),
        Optional.of(row.pbxKey()),
        name(seen.entry()));
  }

  private static String name(Entry group) {
    return group.resource().path("displayName").asText();
  }
}
