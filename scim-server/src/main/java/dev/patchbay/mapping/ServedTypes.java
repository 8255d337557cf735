package dev.patchbay.mapping;

import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxPermissions;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxService;
import dev.patchbay.schema.Attribute.Mutability;
import dev.patchbay.schema.PhoneAccount;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The resource types of a tenant: what is served and what is fixed depends on its PBX. */
public record ServedTypes(ResourceType users, ResourceType groups, ResourceType roles) {

  public static ServedTypes of(PbxCapabilities pbx) {
    return of(pbx, List.of());
  }

  /**
   * With what only further phone systems of the tenant have. Numbers, secrets, phones and bindings
   * are the tenant's own PBX's to give.
   */
  public static ServedTypes of(PbxCapabilities pbx, List<PbxCapabilities> targets) {
    var held = new HashSet<>(pbx.fields().held());
    targets.forEach(it -> held.addAll(it.fields().held()));
    var ofTargets = targets.isEmpty() ? Set.of("targets", "ownProvisioning") : Set.<String>of();
    var absent = absent(pbx, held);
    absent.addAll(ofTargets);
    var absentOfGroups = new HashSet<>(ofTargets);
    absentOfGroups.addAll(GroupCallerIds.absent(pbx));
    return new ServedTypes(
        ResourceTypes.user(new PhoneAccount(extensionNumber(pbx), organization(pbx), absent)),
        ResourceTypes.group(GroupKind.offered(pbx), absentOfGroups),
        ResourceTypes.role(!pbx.permissions().equals(PbxPermissions.NONE)));
  }

  private static Mutability extensionNumber(PbxCapabilities pbx) {
    if (!pbx.holds(PbxField.EXTENSION)) {
      return Mutability.READ_ONLY;
    }
    return pbx.changes(PbxField.EXTENSION) ? Mutability.READ_WRITE : Mutability.IMMUTABLE;
  }

  /** A PBX that changes nothing of a user refuses that with 501, whatever it is. */
  private static Mutability organization(PbxCapabilities pbx) {
    boolean fixed =
        pbx.holds(PbxField.COMPANY)
            && !pbx.changes(PbxField.COMPANY)
            && pbx.offers(PbxCall.UpdateUser.class);
    return fixed ? Mutability.IMMUTABLE : Mutability.READ_WRITE;
  }

  private static Set<String> absent(PbxCapabilities pbx, Set<PbxField> held) {
    var absent = new HashSet<>(ProfileFields.absent(held));
    if (!pbx.holds(PbxField.EXTENSION)) {
      absent.add("extensionPool");
    }
    if (!pbx.secrets().contains(PbxSecret.EXTENSION_PASSWORD)) {
      absent.add("extensionPassword");
    }
    if (!pbx.secrets().contains(PbxSecret.VOICEMAIL_PIN)) {
      absent.add("voicemailPin");
    }
    if (!pbx.holds(PbxField.MICROSOFT365)) {
      absent.addAll(Set.of("ms365", "ms365Id"));
    }
    if (!pbx.offers(PbxCall.AssignPhone.class)) {
      absent.add("phones");
    }
    if (!pbx.offers(PbxCall.AddSpeedDial.class)) {
      absent.add("speedDials");
    }
    if (Arrays.stream(Granted.values()).noneMatch(it -> it.offered(pbx))) {
      absent.add("grants");
    }
    if (!pbx.offers(PbxCall.JoinLine.class)) {
      absent.add(ResourceTypes.XELION_USER + ":lines");
    }
    if (!pbx.services().contains(PbxService.CALL_QUEUE)) {
      absent.add("callQueues");
    }
    if (!pbx.services().contains(PbxService.RING_GROUP)) {
      absent.add("ringGroups");
    }
    if (!pbx.offers(PbxCall.EndRegistrations.class)) {
      absent.add("status");
    }
    return absent;
  }
}
