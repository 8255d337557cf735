package dev.patchbay.pbx.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A phone system, as far as provisioning needs it. Every method may throw {@link PbxException};
 * reads throw {@link PbxException.Unavailable} for whatever keeps them from an answer.
 */
public interface PbxAdapter extends AutoCloseable {

  PbxCapabilities capabilities();

  /** {@code desired}, as this PBX would give it back, so that equal things compare equal. */
  PbxUser canonical(PbxUser desired);

  /** The group as this PBX would give it back. */
  PbxGroup canonical(PbxGroup desired);

  /** What passwords must look like. */
  PasswordPolicy passwordPolicy();

  /** Every role a user of the tenant may have. List answers lack the permissions. */
  List<Found<PbxRole>> roles();

  /** The role with this reference, with its permissions, or empty when there is none. */
  Optional<Found<PbxRole>> role(PbxRef ref);

  /** What the names of its users may be made of. */
  default PbxNameForm nameForm() {
    return PbxNameForm.USUAL;
  }

  /** Names of roles that it needs for ends of its own, so that nobody is given them. */
  default Set<String> keptRoles() {
    return Set.of();
  }

  /** The roles whose users alone have numbers; empty where numbers do not depend on roles. */
  default Optional<Set<String>> rolesWithNumbers() {
    return Optional.empty();
  }

  /**
   * Every user, page by page; close the stream. List answers lack what only a single read shows.
   */
  Stream<Found<PbxUser>> users();

  /** The user with this id, with every field the PBX gives back, or empty when there is none. */
  Optional<Found<PbxUser>> user(PbxRef ref);

  /** The users (two at most) that have this name or this extension. */
  List<Found<PbxUser>> usersWith(String name, String extension);

  /**
   * What an interrupted create of exactly this user left behind, by its name, where a user is made
   * in parts. Its reference is that of the part, which a {@link PbxCall.DeleteUser} takes away, and
   * a single read of it shows no name: it is no user yet.
   */
  default List<Found<PbxUser>> leftBehind(PbxUser user) {
    return List.of();
  }

  /** The parts of a kind that the user has, one of {@link PbxField#PARTS}. */
  default PbxParts parts(PbxRef user, PbxField kind) {
    return PbxParts.NONE;
  }

  /** How the user's phones are now; empty where the PBX does not tell, or has no such user. */
  default Optional<PbxStatus> status(PbxRef user) {
    return Optional.empty();
  }

  Optional<Found<PbxGroup>> group(PbxRef ref);

  Optional<Found<PbxGroup>> groupNamed(String name);

  /**
   * Whether the user with this extension is in the group; false when the group is gone. Where users
   * have no numbers, here and below their name in lower case is meant.
   */
  boolean isMember(PbxRef group, String extension);

  /** Every group, page by page; close the stream. */
  Stream<Found<PbxGroup>> groups();

  /** The extensions of those who are in the group; nobody when the group is gone. */
  Set<String> members(PbxRef group);

  /**
   * The services that are meant by an id, an extension or, where they have none, a name: several
   * where the PBX lets them share it. Their references are good for {@link #group}, {@link
   * #members} and {@link PbxCall.ChangeMembers}.
   */
  default List<PbxRef> services(PbxService kind, String target) {
    return List.of();
  }

  /** Whether members of its own groups, too, come and go by {@link PbxCall.ChangeMembers}. */
  default boolean changesGroupsTogether() {
    return false;
  }

  /** How many members at most one {@link PbxCall.ChangeMembers} is to be about. */
  default int mostTogether() {
    return Integer.MAX_VALUE;
  }

  /**
   * One effect. Returns the created object's reference for creates, the part's own where a part is
   * added or changed, else the reference the call is about. What takes away (delete, unbind, remove
   * member) succeeds when nothing is there to take.
   */
  PbxRef apply(PbxCall call);

  /** How busy the connection to the PBX is; makes no call. */
  PbxTraffic traffic();

  @Override
  void close();
}
