package dev.patchbay.mapping;

import static dev.patchbay.mapping.Resources.named;
import static dev.patchbay.mapping.Resources.refusal;
import static dev.patchbay.mapping.Resources.resource;
import static dev.patchbay.mapping.Resources.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.ConfigException;
import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxFields;
import dev.patchbay.pbx.api.PbxNameForm;
import dev.patchbay.pbx.api.PbxPace;
import dev.patchbay.pbx.api.PbxPermissions;
import dev.patchbay.schema.Refusal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserNamingTest {
  private static final String ID = "7f3c0f9e-8a54-4b53-9a3c-2b6f6e0d7a11";

  /** PortSIP's own expression. */
  private static final String LEGAL = "^(?!\\.)[A-Za-z0-9_\\-'.]+(?<!\\.)$";

  private static final Set<String> RESERVED = Set.of("admin", "system", "administrator", "root");

  private static UserNaming naming(String yaml) {
    return new UserNaming(settings(yaml).naming(), PbxNameForm.USUAL, 64);
  }

  private static String base(String userName) {
    return naming("").base(named(userName));
  }

  @Test
  void anotherNameIsRefusedWhereTheTenantSaysSoButNotOfALeaver() {
    var anna = named("anna@corp.com");
    var holm = named("holm@corp.com");

    naming("naming: { on-rename: freeze }").checkChange(anna, holm);
    var strict = naming("naming: { on-rename: reject }");
    strict.checkChange(anna, named("ANNA@other.example"));
    strict.checkChange(anna, holm.deepCopy().put("active", false));
    assertThatThrownBy(() -> strict.checkChange(anna, holm))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.kind()).isEqualTo(Refusal.Kind.MUTABILITY));
  }

  @Test
  void onlyAPbxThatCanRenamesAnybody() {
    var anna = named("anna@corp.com");
    var rename = "naming: { on-rename: rename }";

    assertThat(naming("").renames(anna, named("holm@corp.com"))).isFalse();
    assertThat(naming(rename).renames(anna, named("ANNA@other.example"))).isFalse();
    assertThat(naming(rename).renames(anna, named("holm@corp.com"))).isTrue();
    var pace = new PbxPace(Duration.ofSeconds(1), Duration.ofSeconds(1), 1);
    var fixed = PbxCapabilities.whole(PbxFields.all(), PbxPermissions.NONE, pace);
    var pbx = new KnownPbx(TestMapping.ROLES, Optional.of(fixed), Set.of(), PbxNameForm.USUAL);
    assertThatThrownBy(() -> MappingSettings.from(Section.of(rename), pbx))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("on-rename")
        .hasMessageContaining("renames nobody on this phone system");
  }

  @ParameterizedTest
  @CsvSource({
    "anna.bergström@corp.com, anna.bergstrom",
    "Straße.ÆØŁ@corp.com, strasse.aeol",
    "O’Brien@corp.com, o'brien",
    "ana maria@corp.com, ana_maria",
    "alias_their.org#EXT#@corp.com, alias_their.org_ext_",
    "..anna...b..@corp.com, anna.b",
    "ﬁona①@corp.com, fiona1",
    "no-domain, no-domain",
    "with@two@corp.com, with_two",
    "用户@corp.com, __",
    "😀@corp.com, _",
  })
  void makesALegalNameOfAPrincipalName(String userName, String name) {
    assertThat(base(userName)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"admin@corp.com, admin-user", "ROOT, root-user", "System@x, system-user"})
  void keepsOffReservedNames(String userName, String name) {
    assertThat(base(userName)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@corp.com", "...@corp.com", "   "})
  void refusesAUserNameThatLeavesNothing(String userName) {
    assertThat(refusal(() -> base(userName)).kind()).isEqualTo(Refusal.Kind.INVALID_VALUE);
  }

  @Test
  void aNameIsMadeOfWhatThePbxTakes() {
    var settings = settings("naming: { cut: none }").naming();
    var user = named("Anna.O'Brien+1@corp.com");

    assertThat(new UserNaming(settings, new PbxNameForm("._@-"), 64).base(user))
        .isEqualTo("anna.o_brien_1@corp.com");
    assertThat(new UserNaming(settings, PbxNameForm.USUAL, 64).base(user))
        .isEqualTo("anna.o'brien_1_corp.com");
  }

  @Test
  void cutsALongNameToWhatThePbxTakes() {
    assertThat(base("x".repeat(63) + ".y@corp.com")).isEqualTo("x".repeat(63));
  }

  @Test
  void cutsBeforeTheSuffix() {
    var naming = naming("");

    assertThat(naming.candidate("x".repeat(64), 1, ID)).contains("x".repeat(62) + "-2");
  }

  @Test
  void countsUpFromTwoToNinetyNine() {
    var naming = naming("");

    assertThat(naming.candidate("anna", 0, ID)).contains("anna");
    assertThat(naming.candidate("anna", 1, ID)).contains("anna-2");
    assertThat(naming.candidate("anna", 98, ID)).contains("anna-99");
    assertThat(naming.candidate("anna", 99, ID)).isEmpty();
  }

  @Test
  void hasNoSecondNameWhenCollisionsAreRefused() {
    var naming = naming("{ naming: { collision: reject } }");

    assertThat(naming.candidate("anna", 0, ID)).contains("anna");
    assertThat(naming.candidate("anna", 1, ID)).isEmpty();
  }

  @Test
  void hashesTheScimIdIntoSixteenDifferentNames() {
    var naming = naming("{ naming: { collision: hash } }");

    var names =
        IntStream.rangeClosed(1, 16)
            .mapToObj(attempt -> naming.candidate("anna", attempt, ID).orElseThrow())
            .collect(Collectors.toSet());

    assertThat(names).hasSize(16).allMatch(name -> name.matches("anna-[0-9a-f]{4}"));
    assertThat(naming.candidate("anna", 1, ID)).isEqualTo(naming.candidate("anna", 1, ID));
    assertThat(naming.candidate("anna", 1, "other"))
        .isNotIn(Optional.of("anna"), naming.candidate("anna", 1, ID));
    assertThat(naming.candidate("anna", 17, ID)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cut: none | anna_corp.com",
        "cut: \"replace-at:.at.\" | anna.at.corp.com",
        "source: \"{givenName}.{familyName}\" | anna.berg",
        "source: \"{externalId}\" | e-17",
        "source: \"{email}\" | work",
        "source: \"u{extensionNumber}\" | u1042",
        "source: \"{givenName}.{displayName}\" | anna",
        "lower-case: false | Anna",
        "reserved: [Anna] | anna-user",
        "reserved: [anna], on-reserved: \"append:.x\" | anna.x",
      })
  void followsTheSettings(String naming, String name) {
    var user =
        resource(
            """
            { 'userName': 'Anna@corp.com', 'externalId': 'E-17',
              'name': { 'givenName': 'Anna', 'familyName': 'Berg' },
              'emails': [ { 'value': 'home@corp.com' }, { 'value': 'work@corp.com', 'type': 'work' } ],
              'PBX': { 'extensionNumber': '1042' } }
            """);

    assertThat(naming("naming: { " + naming + " }").base(user)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "transliterate: true | borge",
        "transliterate: false | b_rge",
        "transliterate: false, illegal: \"replace:-\" | b-rge",
        "transliterate: false, illegal: remove | brge",
      })
  void treatsOtherLettersAsTold(String naming, String name) {
    assertThat(naming("naming: { " + naming + " }").base(named("børge"))).isEqualTo(name);
  }

  @Test
  void refusesIllegalCharactersAndReservedNamesWhenTold() {
    var naming = naming("naming: { illegal: reject, on-reserved: reject }");

    assertThat(refusal(() -> naming.base(named("a b"))).kind())
        .isEqualTo(Refusal.Kind.INVALID_VALUE);
    assertThat(refusal(() -> naming.base(named("admin"))).kind())
        .isEqualTo(Refusal.Kind.INVALID_VALUE);
    assertThat(naming.base(named("anna"))).isEqualTo("anna");
  }

  @Property
  void anyUserNameGivesALegalNameOrARefusal(@ForAll @StringLength(max = 120) String userName) {
    assertLegalOrRefused(naming(""), named(userName));
  }

  @Property
  void itDoesSoWithEveryStepOff(@ForAll @StringLength(max = 120) String userName) {
    var bare =
        naming(
            "naming: { cut: none, transliterate: false, lower-case: false, illegal: remove,"
                + " collision: hash }");

    assertLegalOrRefused(bare, named(userName));
  }

  @Property
  void everyCandidateIsLegalAndNewAndFits(
      @ForAll @StringLength(min = 1, max = 80) String userName,
      @ForAll @IntRange(min = 1, max = 98) int attempt) {
    var naming = naming("");
    String base = naming.base(named("x" + userName));

    String candidate = naming.candidate(base, attempt, ID).orElseThrow();

    assertLegal(candidate);
    assertThat(candidate).isNotEqualTo(base);
    assertThat(candidate).isNotEqualTo(naming.candidate(base, attempt - 1, ID).orElseThrow());
  }

  private static void assertLegalOrRefused(UserNaming naming, ObjectNode user) {
    try {
      assertLegal(naming.base(user));
    } catch (Refusal refusal) {
      assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID_VALUE);
    }
  }

  private static void assertLegal(String name) {
    assertThat(name).matches(LEGAL).hasSizeBetween(1, 64);
    assertThat(RESERVED).doesNotContain(name.toLowerCase(Locale.ROOT));
  }
}
