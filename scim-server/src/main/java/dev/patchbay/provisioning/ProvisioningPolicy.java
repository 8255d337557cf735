package dev.patchbay.provisioning;

import dev.patchbay.config.Section;
import dev.patchbay.directory.MemberChange;
import dev.patchbay.mapping.KnownPbx;
import java.time.Duration;

/**
 * What happens where a phone system does not simply do as asked; docs/reference/configuration.md
 * has the keys.
 *
 * @param onUnavailable what a write becomes while the PBX cannot be reached
 * @param unknownMember what a group member becomes that nobody here knows
 * @param parkFor how long an unknown member is kept
 * @param membersPerRequest how many members one request may name
 * @param recreateOrphans whether a user that vanished from the PBX is made again on its next change
 * @param busyWait how long a write waits for another one on the same entry
 * @param answerWithin how long a plan may keep a request waiting before it goes on in the journal
 * @param refreshRoles how often the PBX's roles are read
 * @param brake what happens when very many people are put out at once
 * @param delete what becomes of a deleted user on the PBX
 * @param unsupported what becomes of changes that the PBX has no call for
 * @param endRegistrations whether the phones of a user who is put out are signed out, too
 * @param partialCreate what becomes of what was made and not whole
 */
public record ProvisioningPolicy(
    OnUnavailable onUnavailable,
    UnknownMember unknownMember,
    Duration parkFor,
    int membersPerRequest,
    boolean recreateOrphans,
    Duration busyWait,
    Duration answerWithin,
    Duration refreshRoles,
    BrakeSettings brake,
    DeletePolicy delete,
    Offered.Unsupported unsupported,
    boolean endRegistrations,
    PartialCreate partialCreate) {

  /** What becomes of a create of which the PBX did the first call and refused a later one. */
  public enum PartialCreate {
    /** It is there, and the refused part blocked. */
    KEEP,
    /** It is taken back, and the request refused. */
    UNDO
  }

  /** What a write becomes while the PBX cannot be reached and nothing of it was done. */
  public enum OnUnavailable {
    /** 503 with {@code Retry-After}; nothing is kept but what takes away. */
    REFUSE,
    /** Accepted as pending; the journal drives it. */
    QUEUE
  }

  /** What a group member becomes that nobody here knows. */
  public enum UnknownMember {
    /** Kept aside until a user with that id or externalId arrives. */
    PARK,
    /** 400 {@code invalidValue}. */
    REJECT
  }

  /**
   * The same for a target, which only the bridge writes to: it waits for what cannot be done now,
   * keeps what is done, and what its PBX has no call for, and that lets nobody in, is the tenant's
   * own PBX's.
   */
  public ProvisioningPolicy ofTarget() {
    return new ProvisioningPolicy(
        OnUnavailable.QUEUE,
        unknownMember,
        parkFor,
        membersPerRequest,
        recreateOrphans,
        busyWait,
        answerWithin,
        refreshRoles,
        brake,
        delete,
        Offered.Unsupported.BRIDGE_ONLY,
        endRegistrations,
        PartialCreate.KEEP);
  }

  boolean undoesPartialCreates() {
    return partialCreate == PartialCreate.UNDO;
  }

  /** Whether {@code wish} is accepted while the PBX is away; a secret cannot be kept for later. */
  boolean queues(Wish wish) {
    return onUnavailable == OnUnavailable.QUEUE && !wish.hasSecrets();
  }

  /** Reads a tenant's {@code policy} section. */
  public static ProvisioningPolicy from(Section section) {
    return new ProvisioningPolicy(
        section.choice("on-unavailable", OnUnavailable.REFUSE),
        section.choice("unknown-member", UnknownMember.PARK),
        section.duration("park-unknown-members", Duration.ofDays(7)),
        section.integer("members-per-request", 10_000, 1, MemberChange.MOST_NAMED),
        section.bool("recreate-orphans", true),
        section.duration("busy-wait", Duration.ofSeconds(5)),
        section.duration("answer-within", Duration.ofSeconds(20)),
        refreshRoles(section),
        section.section("brake").read(BrakeSettings::from).orElse(BrakeSettings.OFF),
        DeletePolicy.from(section),
        section.choice("unsupported", Offered.Unsupported.REJECT),
        section.bool("end-registrations", false),
        section.choice("partial-create", PartialCreate.KEEP));
  }

  /** The same for a PBX; what that cannot do stops the start. */
  public static ProvisioningPolicy from(Section section, KnownPbx pbx) {
    var policy = from(section);
    policy.delete().check(section, pbx);
    return policy;
  }

  private static Duration refreshRoles(Section section) {
    var usual = Duration.ofMinutes(15);
    var found = section.duration("refresh-roles", usual);
    if (found.compareTo(Duration.ofSeconds(10)) < 0) {
      section.reject("refresh-roles", "expected PT10S or more, found " + found);
      return usual;
    }
    return found;
  }
}
