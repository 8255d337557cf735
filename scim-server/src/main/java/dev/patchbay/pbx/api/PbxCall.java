package dev.patchbay.pbx.api;

import dev.patchbay.config.Secret;
import java.util.Map;
import java.util.Set;

/** One effect on a phone system. */
public sealed interface PbxCall {

  /** Whether sending the call twice leaves what sending it once would. */
  default boolean repeatable() {
    return true;
  }

  /** Whether all it does is to take something away from somebody: such calls go first. */
  default boolean takesAway() {
    return false;
  }

  /** The secrets it gives to somebody. */
  default Set<PbxSecret> sets() {
    return Set.of();
  }

  /** The call's name in logs, journal and console. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** Whether a create or a binding may have been done already. */
  enum Attempt {
    FIRST,
    /**
     * An earlier one of ours was given up and the PBX cannot be read. That the user is there means
     * that we made it; any other refusal says nothing of the earlier create.
     */
    AGAIN
  }

  /**
   * A new user with every field, role and Microsoft 365 binding excepted where the PBX binds apart.
   */
  record CreateUser(PbxUser user, PbxSecrets secrets, Attempt attempt) implements PbxCall {
    public CreateUser(PbxUser user, PbxSecrets secrets) {
      this(user, secrets, Attempt.FIRST);
    }

    @Override
    public Set<PbxSecret> sets() {
      return Set.of(PbxSecret.values());
    }

    @Override
    public boolean repeatable() {
      return false;
    }
  }

  /**
   * Sets the named fields and the secrets to what is given, leaving the others as the PBX has them:
   * one effect, of one of {@link PbxCapabilities#updates}. {@code user} is complete, for PBXs that
   * replace on update.
   */
  record UpdateUser(PbxRef ref, PbxUser user, Set<PbxField> changed, Map<PbxSecret, Secret> secrets)
      implements PbxCall {
    public UpdateUser {
      changed = Set.copyOf(changed);
      secrets = Map.copyOf(secrets);
    }

    @Override
    public Set<PbxSecret> sets() {
      return secrets.keySet();
    }

    /** A leaver: whatever else it changes can do no harm any more. */
    @Override
    public boolean takesAway() {
      return changed.contains(PbxField.ENABLED) && !user.enabled();
    }
  }

  record ChangeRole(PbxRef ref, String role) implements PbxCall {}

  record SetPassword(PbxRef ref, Secret password) implements PbxCall {
    @Override
    public Set<PbxSecret> sets() {
      return Set.of(PbxSecret.PASSWORD);
    }
  }

  record SetExtensionPassword(PbxRef ref, Secret password) implements PbxCall {
    @Override
    public Set<PbxSecret> sets() {
      return Set.of(PbxSecret.EXTENSION_PASSWORD);
    }
  }

  /**
   * Lets the user sign in as that person of Microsoft's. {@link Attempt#FIRST}: nothing of ours is
   * bound, so a refusal stands and changes nothing; {@link Attempt#AGAIN}: what is bound is ours,
   * as far as anybody knows, and goes.
   */
  record BindMicrosoft365(PbxRef ref, String microsoftId, Attempt attempt) implements PbxCall {
    public BindMicrosoft365(PbxRef ref, String microsoftId) {
      this(ref, microsoftId, Attempt.FIRST);
    }
  }

  record UnbindMicrosoft365(PbxRef ref) implements PbxCall {
    @Override
    public boolean takesAway() {
      return true;
    }
  }

  record DeleteUser(PbxRef ref) implements PbxCall {
    @Override
    public boolean takesAway() {
      return true;
    }
  }

  record CreateGroup(PbxGroup group) implements PbxCall {
    @Override
    public boolean repeatable() {
      return false;
    }
  }

  /**
   * Sets the group to what is given. What {@code group} does not say of the fields that yield stays
   * as the PBX has it, unless it is among {@code changed}: then it is made blank.
   *
   * @param changed what the PBX may hold otherwise
   */
  record UpdateGroup(PbxRef ref, PbxGroup group, Set<PbxField> changed) implements PbxCall {
    public UpdateGroup {
      changed = Set.copyOf(changed);
    }

    /** A new name and description. */
    public UpdateGroup(PbxRef ref, PbxGroup group) {
      this(ref, group, Set.of(PbxField.NAME, PbxField.DESCRIPTION));
    }
  }

  record DeleteGroup(PbxRef ref) implements PbxCall {
    @Override
    public boolean takesAway() {
      return true;
    }
  }

  /**
   * Puts the user with this extension into the group; a member already there is success. Where
   * users have no numbers, their name in lower case is meant.
   */
  record AddMember(PbxRef group, String extension) implements PbxCall {}

  /**
   * Takes the user out of the group who is called as in {@link AddMember}; not there is success.
   */
  record RemoveMember(PbxRef group, String extension) implements PbxCall {
    @Override
    public boolean takesAway() {
      return true;
    }
  }

  /**
   * Lets users with these extensions join and leave a service or group at once, in as few requests
   * as there can be. Who else belongs to it stays, in the place he has. Who is there already, or
   * not there, is success.
   *
   * @param accounts the users themselves by extension (or name), as far as they are known: who is
   *     called otherwise by now leaves all the same
   */
  record ChangeMembers(
      PbxRef group, Set<String> joining, Set<String> leaving, Map<String, PbxRef> accounts)
      implements PbxCall {
    public ChangeMembers {
      joining = Set.copyOf(joining);
      leaving = Set.copyOf(leaving);
      accounts = Map.copyOf(accounts);
    }

    public ChangeMembers(PbxRef group, Set<String> joining, Set<String> leaving) {
      this(group, joining, leaving, Map.of());
    }

    @Override
    public boolean takesAway() {
      return joining.isEmpty();
    }
  }

  record CreateRole(PbxRole role) implements PbxCall {
    @Override
    public boolean repeatable() {
      return false;
    }
  }

  /**
   * Sets description and permissions; the name stays.
   *
   * @param changed what the PBX may hold otherwise
   */
  record UpdateRole(PbxRef ref, PbxRole role, Set<PbxField> changed) implements PbxCall {
    public UpdateRole {
      changed = Set.copyOf(changed);
    }

    public UpdateRole(PbxRef ref, PbxRole role) {
      this(ref, role, Set.of(PbxField.DESCRIPTION, PbxField.PERMISSIONS));
    }
  }

  record DeleteRole(PbxRef ref) implements PbxCall {}

  /** Something about one {@link PbxPart} of a user; the part's key says which it is. */
  sealed interface OfPart extends PbxCall {
    PbxRef ref();

    PbxPart part();

    /** The kind of part. */
    PbxField field();

    /** Whether the user does not have it afterwards. */
    default boolean removes() {
      return false;
    }

    /** The same call on another user. */
    OfPart on(PbxRef user);
  }

  /** Gives the user a phone, or what he has with its MAC address these values. */
  record AssignPhone(PbxRef ref, PbxPart part) implements OfPart {
    @Override
    public PbxField field() {
      return PbxField.PHONES;
    }

    @Override
    public AssignPhone on(PbxRef user) {
      return new AssignPhone(user, part);
    }
  }

  /** Changes how a phone is set up; its vendor, model and template are what they were. */
  record ChangePhone(PbxRef ref, PbxPart part) implements OfPart {
    @Override
    public PbxField field() {
      return PbxField.PHONES;
    }

    @Override
    public ChangePhone on(PbxRef user) {
      return new ChangePhone(user, part);
    }
  }

  /** Takes a phone away from the user; success where it is not his. */
  record RemovePhone(PbxRef ref, PbxPart part) implements OfPart {
    @Override
    public PbxField field() {
      return PbxField.PHONES;
    }

    @Override
    public boolean removes() {
      return true;
    }

    @Override
    public RemovePhone on(PbxRef user) {
      return new RemovePhone(user, part);
    }
  }

  /** Gives the user a speed dial, or what he has with its code these values. */
  record AddSpeedDial(PbxRef ref, PbxPart part) implements OfPart {
    @Override
    public PbxField field() {
      return PbxField.SPEED_DIALS;
    }

    @Override
    public AddSpeedDial on(PbxRef user) {
      return new AddSpeedDial(user, part);
    }
  }

  record ChangeSpeedDial(PbxRef ref, PbxPart part) implements OfPart {
    @Override
    public PbxField field() {
      return PbxField.SPEED_DIALS;
    }

    @Override
    public ChangeSpeedDial on(PbxRef user) {
      return new ChangeSpeedDial(user, part);
    }
  }

  /** Success where the user does not have it. */
  record RemoveSpeedDial(PbxRef ref, PbxPart part) implements OfPart {
    @Override
    public PbxField field() {
      return PbxField.SPEED_DIALS;
    }

    @Override
    public boolean removes() {
      return true;
    }

    @Override
    public RemoveSpeedDial on(PbxRef user) {
      return new RemoveSpeedDial(user, part);
    }
  }

  /** Connects the user to a phone line, or gives the connection he has these values. */
  record JoinLine(PbxRef ref, PbxPart part) implements OfPart {
    @Override
    public PbxField field() {
      return PbxField.LINES;
    }

    @Override
    public JoinLine on(PbxRef user) {
      return new JoinLine(user, part);
    }
  }

  record ChangeLine(PbxRef ref, PbxPart part) implements OfPart {
    @Override
    public PbxField field() {
      return PbxField.LINES;
    }

    @Override
    public ChangeLine on(PbxRef user) {
      return new ChangeLine(user, part);
    }
  }

  /** Success where the user is not on the line, or there is none. */
  record LeaveLine(PbxRef ref, PbxPart part) implements OfPart {
    @Override
    public PbxField field() {
      return PbxField.LINES;
    }

    @Override
    public boolean removes() {
      return true;
    }

    @Override
    public LeaveLine on(PbxRef user) {
      return new LeaveLine(user, part);
    }
  }

  /** Something an operator does for a user at once: nothing stays of it that could be compared. */
  sealed interface AtOnce extends PbxCall {
    PbxRef ref();
  }

  /** Has the settings file of the user's phones made anew. */
  record ResetProfile(PbxRef ref) implements AtOnce {}

  /** Signs all phones of the user out; none that is signed in is success. */
  record EndRegistrations(PbxRef ref) implements AtOnce {
    @Override
    public boolean takesAway() {
      return true;
    }
  }
}
