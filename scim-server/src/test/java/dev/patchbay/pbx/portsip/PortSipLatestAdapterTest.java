package dev.patchbay.pbx.portsip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.emulator.portsip.AuthStyle;
import dev.patchbay.emulator.portsip.Level;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import dev.patchbay.emulator.portsip.Undocumented.RoleGivenBy;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A PBX of v22.6, which gives roles by id, shows passwords, and asks for more in an update. */
class PortSipLatestAdapterTest extends PortSipAdapterTest {

  @Override
  protected PortSipEmulatorOptions emulated(PortSipEmulatorOptions defaults) {
    return super.emulated(defaults)
        .withLevel(Level.V22_6)
        .withRolesGivenBy(RoleGivenBy.ID)
        .withAuthStyles(AuthStyle.SIGNIN);
  }

  @Override
  protected String settings() {
    return """
    username: bridge
    domain: office.example.com
    password: file:%s
    api-level: "22.6"
    give-roles-by: id
    """
        .formatted(secret());
  }

  @Test
  @Override
  void aUserIsMadeByOneCall() {
    assertThat(adapter().roles()).isNotEmpty(); // as the bridge reads them when it starts
    calls().clear();

    PbxRef unused = adapter().apply(create(ADA));

    assertThat(calls().lines()).containsExactly("POST /api/users");
  }

  @Test
  void passwordsThatReadsShowStayInTheAdapter() {
    PbxRef ref = adapter().apply(create(ADA));

    assertThat(adapter().user(ref).orElseThrow().toString()).doesNotContain("Shown-9-Secret");
  }

  @Test
  void aTimeZoneIsASettingFromThisVersionOn() {
    PbxRef ref =
        adapter().apply(create(ADA.with(PbxField.TIME_ZONE, Optional.of("Europe/Berlin"))));

    assertThat(adapter().user(ref).orElseThrow().value().get(PbxField.TIME_ZONE))
        .contains("Europe/Berlin");
    assertThat(PortSipProfileJson.fields(ApiLevel.V22_4)).doesNotContain(PbxField.TIME_ZONE);
    assertThat(adapter().capabilities().fixed())
        .isEqualTo(Set.of(PbxField.NAME, PbxField.EXTENSION));
  }
}
