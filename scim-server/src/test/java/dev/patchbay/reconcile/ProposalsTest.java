package dev.patchbay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.reconcile.Proposals.Account;
import dev.patchbay.reconcile.Proposals.Confidence;
import dev.patchbay.reconcile.Proposals.Person;
import dev.patchbay.reconcile.Proposals.Proposal;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProposalsTest {
  private static final Account BOB = new Account("1", "bob", "1500", "Bob@corp.example");

  private static Person person(String userName, String externalId, String email, String number) {
    return new Person(userName, externalId, email, number);
  }

  private static Optional<Proposal> guess(
      Set<Proposals.Key> keys, List<Account> accounts, Person... people) {
    return new Proposals(accounts, List.of(people), keys).of(BOB);
  }

  private static Optional<Confidence> guess(Person... people) {
    return guess(EnumSet.allOf(Proposals.Key.class), List.of(BOB), people)
        .map(Proposal::confidence);
  }

  @Test
  void eMailAndExtensionTogetherAreSure() {
    assertThat(guess(person("x", "", "bob@corp.example", "1500"))).contains(Confidence.HIGH);
  }

  @Test
  void oneKeyAloneIsLessSureAndANameTheLeast() {
    assertThat(guess(person("x", "", "bob@CORP.example", ""))).contains(Confidence.MEDIUM);
    assertThat(guess(person("bob@corp.example", "", "", ""))).contains(Confidence.MEDIUM);
    assertThat(guess(person("x", "BOB", "", ""))).contains(Confidence.MEDIUM);
    assertThat(guess(person("bob@elsewhere.example", "", "", ""))).contains(Confidence.LOW);
  }

  @Test
  void theSurestOfSeveralIsProposed() {
    var byName = person("bob@elsewhere.example", "", "", "");
    var sure = person("x", "", "bob@corp.example", "1500");

    assertThat(guess(EnumSet.allOf(Proposals.Key.class), List.of(BOB), byName, sure))
        .map(Proposal::person)
        .contains(sure);
  }

  @Test
  void nothingIsProposedWhereTwoFit() {
    var twin = person("y", "", "bob@corp.example", "");

    assertThat(guess(person("x", "", "bob@corp.example", ""), twin)).isEmpty();
    var other = new Account("2", "bobby", "1501", "bob@corp.example");
    assertThat(
            guess(
                Set.of(Proposals.Key.EMAIL),
                List.of(BOB, other),
                person("x", "", "bob@corp.example", "")))
        .isEmpty();
  }

  @Test
  void onlyTheKeysAskedForCount() {
    assertThat(guess(Set.of(Proposals.Key.EXTERNAL_ID), List.of(BOB), person("bob", "", "", "")))
        .isEmpty();
  }

  @Test
  void whatNobodyKnowsIsEqualToNothing() {
    var nameless = new Account("3", "", "", "");

    assertThat(
            new Proposals(
                    List.of(nameless),
                    List.of(person("", "", "", "")),
                    EnumSet.allOf(Proposals.Key.class))
                .of(nameless))
        .isEmpty();
  }
}
