package dev.patchbay.emulator.xelion;

import java.util.EnumSet;
import java.util.Set;

/**
 * What the vendor does not say, to be tried both ways.
 *
 * @param patchUsers whether accounts are changed by PATCH, or by PUT alone
 * @param pagedUsers whether the list of accounts has pages
 * @param addressesOnCreate whether a new Person keeps the telecom addresses sent with it
 * @param findByName whether {@code GET /addressables?name=} finds Persons
 * @param splitsOnWrite whether a family name of several words is split when a Person is changed
 * @param deletesPerson whether deleting an account deletes its Person
 * @param userGroups whether this server has user groups
 * @param addTwice what adding a present member gets
 * @param absent what deleting an account or Person gets that is not there
 * @param otherwise whatever else is not as usual
 */
public record Undocumented(
    boolean patchUsers,
    boolean pagedUsers,
    boolean addressesOnCreate,
    boolean findByName,
    boolean splitsOnWrite,
    boolean deletesPerson,
    boolean userGroups,
    AddTwice addTwice,
    Absent absent,
    Set<Otherwise> otherwise) {
  public Undocumented {
    otherwise = Set.copyOf(otherwise);
  }

  /** What adding a present member gets. */
  public enum AddTwice {
    ONCE,
    SECOND_RELATION,
    REFUSED
  }

  /** What deleting an account or Person gets that is not there. */
  public enum Absent {
    /** 404 with Xelion's number. */
    NUMBERED,
    /** 404 without it. */
    BARE,
    /** Success. */
    SUCCESS
  }

  /** As the vendor's other resources behave. */
  public static Undocumented usual() {
    return new Undocumented(
        true, true, true, true, true, false, true, AddTwice.ONCE, Absent.NUMBERED, Set.of());
  }

  /** The other way in everything that a bridge can be set to. */
  public static Undocumented other() {
    return new Undocumented(
        false,
        false,
        false,
        true,
        false,
        true,
        true,
        AddTwice.SECOND_RELATION,
        Absent.BARE,
        Set.of());
  }

  public Undocumented withPatchUsers(boolean on) {
    return new Undocumented(
        on,
        pagedUsers,
        addressesOnCreate,
        findByName,
        splitsOnWrite,
        deletesPerson,
        userGroups,
        addTwice,
        absent,
        otherwise);
  }

  public Undocumented withPagedUsers(boolean on) {
    return new Undocumented(
        patchUsers,
        on,
        addressesOnCreate,
        findByName,
        splitsOnWrite,
        deletesPerson,
        userGroups,
        addTwice,
        absent,
        otherwise);
  }

  public Undocumented withAddressesOnCreate(boolean on) {
    return new Undocumented(
        patchUsers,
        pagedUsers,
        on,
        findByName,
        splitsOnWrite,
        deletesPerson,
        userGroups,
        addTwice,
        absent,
        otherwise);
  }

  public Undocumented withFindByName(boolean on) {
    return new Undocumented(
        patchUsers,
        pagedUsers,
        addressesOnCreate,
        on,
        splitsOnWrite,
        deletesPerson,
        userGroups,
        addTwice,
        absent,
        otherwise);
  }

  public Undocumented withSplitsOnWrite(boolean on) {
    return new Undocumented(
        patchUsers,
        pagedUsers,
        addressesOnCreate,
        findByName,
        on,
        deletesPerson,
        userGroups,
        addTwice,
        absent,
        otherwise);
  }

  public Undocumented withDeletesPerson(boolean on) {
    return new Undocumented(
        patchUsers,
        pagedUsers,
        addressesOnCreate,
        findByName,
        splitsOnWrite,
        on,
        userGroups,
        addTwice,
        absent,
        otherwise);
  }

  public Undocumented withUserGroups(boolean on) {
    return new Undocumented(
        patchUsers,
        pagedUsers,
        addressesOnCreate,
        findByName,
        splitsOnWrite,
        deletesPerson,
        on,
        addTwice,
        absent,
        otherwise);
  }

  public Undocumented withAddTwice(AddTwice answer) {
    return new Undocumented(
        patchUsers,
        pagedUsers,
        addressesOnCreate,
        findByName,
        splitsOnWrite,
        deletesPerson,
        userGroups,
        answer,
        absent,
        otherwise);
  }

  public Undocumented with(Absent answer) {
    return new Undocumented(
        patchUsers,
        pagedUsers,
        addressesOnCreate,
        findByName,
        splitsOnWrite,
        deletesPerson,
        userGroups,
        addTwice,
        answer,
        otherwise);
  }

  /** In that respect, too, not as usual. */
  public Undocumented but(Otherwise word) {
    var words = EnumSet.of(word);
    words.addAll(otherwise);
    return new Undocumented(
        patchUsers,
        pagedUsers,
        addressesOnCreate,
        findByName,
        splitsOnWrite,
        deletesPerson,
        userGroups,
        addTwice,
        absent,
        words);
  }

  boolean is(Otherwise word) {
    return otherwise.contains(word);
  }
}
