package dev.patchbay.pbx.ipcortex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.Json;
import dev.patchbay.pbx.ipcortex.Passwords.Form;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserColumnsTest {
  private static final Deactivation.Scramble SCRAMBLE =
      new Deactivation.Scramble(new Abilities(0, 1, true));
  private static final Deactivation BY_ROLE = new Deactivation.ByRole("suspended");
  private static final Deactivation RELEASE = new Deactivation.Release(SCRAMBLE);
  private static final Secret PASSWORD = Secret.of("Green-9-Spoon");
  private static final PbxUser ANNA =
      new PbxUser(
          Map.of(
              PbxField.NAME, "anna",
              PbxField.EXTENSION, "1001",
              PbxField.DISPLAY_NAME, "Anna Berg",
              PbxField.EMAIL, "anna@example.com",
              PbxField.ENABLED, "true",
              PbxField.ROLE, "user"));
  private static final PbxUser LEAVER = ANNA.with(PbxField.ENABLED, Optional.of("false"));

  private static UserColumns columns(Deactivation deactivation) {
    return columns(deactivation, Form.CLEAR);
  }

  private static UserColumns columns(Deactivation deactivation, Form form) {
    return new UserColumns(
        new RoleNames(Map.of("user", 3L, "suspended", 9L), RoleNames.Form.NAME),
        deactivation,
        new Passwords(form, new SecureRandom()),
        NameForm.AS_IS,
        new Company.Fixed("acme"));
  }

  private static ObjectNode updated(Deactivation deactivation, PbxUser user, PbxField... changed) {
    return columns(deactivation).updated(user, Set.of(changed), Optional.empty());
  }

  @Test
  void anUpdateClearsByAnEmptyTextSinceNullLeavesAsItIs() {
    PbxUser without = ANNA.with(PbxField.EMAIL, Optional.empty());

    assertThat(updated(BY_ROLE, without, PbxField.EMAIL)).hasToString("{\"email\":\"\"}");
  }

  @Test
  void anUpdateSendsOnlyWhatChanged() {
    assertThat(updated(BY_ROLE, ANNA, PbxField.NAME, PbxField.ROLE))
        .hasToString("{\"uname\":\"anna\",\"roleid\":\"user\"}");
  }

  @Test
  void anUpdateNeverNamesTheCompany() {
    assertThat(columns(BY_ROLE).updated(ANNA, Set.of(PbxField.values()), Optional.of(PASSWORD)))
        .isNotEmpty()
        .noneMatch(value -> value.asText().equals("acme"));
  }

  @Test
  void theDisabledRoleStandsForADeactivatedUserAndHidesItsOwn() {
    assertThat(updated(BY_ROLE, LEAVER, PbxField.ENABLED))
        .hasToString("{\"roleid\":\"suspended\"}");
    assertThat(columns(BY_ROLE).canonical(LEAVER).get(PbxField.ROLE)).isEmpty();
    assertThat(columns(BY_ROLE).read(row("roleid", 9).put("rolename", "suspended")).fields())
        .containsOnlyKeys(PbxField.ENABLED)
        .containsEntry(PbxField.ENABLED, "false");
  }

  @Test
  void aRoleChangeOfADeactivatedUserKeepsItDeactivated() {
    assertThat(updated(BY_ROLE, LEAVER, PbxField.ROLE)).hasToString("{\"roleid\":\"suspended\"}");
  }

  @Test
  void reactivationGivesTheWantedRoleBack() {
    assertThat(updated(BY_ROLE, ANNA, PbxField.ENABLED)).hasToString("{\"roleid\":\"user\"}");
    assertThatThrownBy(
            () -> updated(BY_ROLE, ANNA.with(PbxField.ROLE, Optional.empty()), PbxField.ENABLED))
        .isInstanceOf(Rejected.class);
  }

  @Test
  void theDisabledRoleIsGivenToNobodyWhoWorks() {
    PbxUser trick = ANNA.with(PbxField.ROLE, Optional.of("Suspended"));

    assertThatThrownBy(() -> updated(BY_ROLE, trick, PbxField.ROLE))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.INVALID));
  }

  @Test
  void scramblingTakesPasswordAndClientsAndReactivationGivesTheClientsBack() {
    ObjectNode stopped = updated(SCRAMBLE, LEAVER, PbxField.ENABLED);

    assertThat(stopped.remove("password").textValue()).hasSize(32);
    assertThat(stopped).hasToString("{\"can_webrtc\":-1,\"can_teams\":-1,\"can_hotdesk\":false}");
    assertThat(updated(SCRAMBLE, ANNA, PbxField.ENABLED))
        .hasToString("{\"can_webrtc\":0,\"can_teams\":1,\"can_hotdesk\":true}");
    assertThat(columns(SCRAMBLE).read(stopped).enabled()).isFalse();
  }

  @Test
  void twoLeaversNeverShareAPassword() {
    assertThat(updated(SCRAMBLE, LEAVER, PbxField.ENABLED).path("password"))
        .isNotEqualTo(updated(SCRAMBLE, LEAVER, PbxField.ENABLED).path("password"));
  }

  @Test
  void releasingTakesNumberAndPhoneAsWell() {
    ObjectNode stopped = updated(RELEASE, LEAVER, PbxField.ENABLED);

    assertThat(stopped.path("owned_extension").textValue()).isEmpty();
    assertThat(stopped.path("owned_phoneid").textValue()).isEmpty();
    assertThat(columns(RELEASE).canonical(LEAVER).get(PbxField.EXTENSION)).isEmpty();
    assertThat(updated(RELEASE, ANNA, PbxField.ENABLED).path("owned_extension").textValue())
        .isEqualTo("1001");
  }

  @Test
  void aReleasedPhoneIsGivenBackAndWhoeverStillHasOneWorks() {
    PbxUser anna = ANNA.with(PbxField.OWNED_PHONE, Optional.of("0c383e63fee81"));
    ObjectNode stopped = updated(RELEASE, LEAVER, PbxField.ENABLED);

    assertThat(updated(RELEASE, anna, PbxField.ENABLED).path("owned_phoneid").textValue())
        .isEqualTo("0c383e63fee81");
    assertThat(columns(RELEASE).columns()).contains("owned_phoneid");
    assertThat(columns(RELEASE).read(stopped).enabled()).isFalse();
    assertThat(columns(RELEASE).read(stopped.put("owned_phoneid", "0c383e63fee81")).enabled())
        .isTrue();
  }

  @Test
  void aPasswordDoesNotLetALeaverInAgain() {
    assertThatThrownBy(() -> columns(SCRAMBLE).updated(LEAVER, Set.of(), Optional.of(PASSWORD)))
        .isInstanceOf(Rejected.class);
    assertThat(columns(BY_ROLE).updated(LEAVER, Set.of(), Optional.of(PASSWORD)))
        .hasToString("{\"password\":\"Green-9-Spoon\"}");
  }

  @Test
  void aUserIsCreatedDeactivated() {
    assertThat(columns(BY_ROLE).created(LEAVER, PASSWORD).path("roleid").textValue())
        .isEqualTo("suspended");
    assertThat(columns(RELEASE).created(LEAVER, PASSWORD))
        .noneMatch(
            value -> value.asText().equals(PASSWORD.reveal()) || value.asText().equals("1001"))
        .noneMatch(value -> value.isTextual() && value.asText().isEmpty());
  }

  @Test
  void whereNobodyCanBeDeactivatedItIsRefused() {
    assertThatThrownBy(() -> updated(new Deactivation.Unsupported(), LEAVER, PbxField.ENABLED))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.UNSUPPORTED));
  }

  @Test
  void aHashIsSentInsteadOfThePasswordAndNeverBoth() {
    ObjectNode values = columns(BY_ROLE, Form.BLOWFISH).created(ANNA, PASSWORD);

    assertThat(values.has("password")).isFalse();
    assertThat(
            BCrypt.verifyer()
                .verify(
                    PASSWORD.reveal().toCharArray(),
                    values.path("pwhash").textValue().toCharArray())
                .verified)
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"3,,user", "9,,suspended", "17,,17", "3,Boss,user", "17,Boss,boss"})
  void aRoleIsReadByNameOrByTheSettingsId(String id, String name, String role) {
    ObjectNode row = Json.object().put("roleid", id).put("rolename", name);

    assertThat(columns(SCRAMBLE).read(row).get(PbxField.ROLE)).contains(role);
  }

  @Test
  void aRoleIsGivenByItsIdWhereTheSettingsSaySo() {
    var byId = new RoleNames(Map.of("user", 3L), RoleNames.Form.ID);

    assertThat(byId.sent("user")).hasToString("3");
    assertThat(byId.sent("other")).hasToString("\"other\"");
  }

  @Test
  void whatARowDoesNotShowAsItWasSentIsNamed() {
    ObjectNode sent =
        Json.object()
            .put("name", "Anna")
            .put("email", "")
            .put("can_hotdesk", true)
            .put("can_webrtc", -1)
            .put("roleid", "user")
            .put("password", "never shown");

    assertThat(
            columns(BY_ROLE)
                .missing(
                    sent,
                    row("name", "Anna")
                        .putNull("email")
                        .put("can_hotdesk", 1)
                        .put("can_webrtc", "-1")
                        .put("roleid", 3)))
        .isEmpty();
    assertThat(columns(BY_ROLE).missing(sent, row("name", "Ann").put("email", "a@b")))
        .containsExactly("name", "email", "can_hotdesk", "can_webrtc", "roleid");
  }

  @ParameterizedTest
  @CsvSource({
    "Anna Bergström,Anna Bergstrom",
    "Łukasz Strauß-Ærø,Lukasz Strauss-Aero",
    "O'Neil & Co.,O_Neil _ Co.",
    "李 明,_ _"
  })
  void aPlainNameHasOnlyACompanysCharacters(String name, String plain) {
    assertThat(NameForm.PLAIN.of(name)).isEqualTo(plain);
    assertThat(NameForm.PLAIN.of(plain)).isEqualTo(plain);
    assertThat(NameForm.AS_IS.of(name)).isEqualTo(name);
  }

  private static ObjectNode row(String column, Object value) {
    ObjectNode row = Json.object();
    return value instanceof Integer number
        ? row.put(column, number)
        : row.put(column, value.toString());
  }
}
