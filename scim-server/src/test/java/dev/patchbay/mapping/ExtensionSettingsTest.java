package dev.patchbay.mapping;

import static dev.patchbay.mapping.Resources.refusal;
import static dev.patchbay.mapping.Resources.resource;
import static dev.patchbay.mapping.Resources.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.config.ConfigException;
import dev.patchbay.mapping.ExtensionRequest.FromPool;
import dev.patchbay.mapping.ExtensionRequest.Given;
import dev.patchbay.schema.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionSettingsTest {
  private static final String POOLS =
      """
      extensions:
        pools:
          default: { ranges: ["1000-1999"], quarantine: P7D }
          Berlin: { ranges: ["0300-0399", "0500"], reserved: ["0310"], departments: [Sales] }
      """;

  private static ExtensionSettings extensions(String yaml) {
    return settings(yaml).extensions();
  }

  private static String poolFor(String json) {
    return extensions(POOLS).request(resource(json), Optional.empty())
            instanceof FromPool(Pool pool)
        ? pool.name()
        : "";
  }

  @Test
  void takesTheNumberThatIsGiven() {
    var user =
        resource(
            """
            { 'PBX': { 'extensionNumber': '0042' },
              'phoneNumbers': [ { 'type': 'extension', 'value': '1111' } ] }
            """);

    assertThat(extensions(POOLS).request(user, Optional.empty())).isEqualTo(new Given("0042"));
  }

  @Test
  void elseTakesThePhoneNumberOfTypeExtension() {
    var user = resource("{ 'phoneNumbers': [ { 'type': 'Extension', 'value': ' 1111 ' } ] }");

    assertThat(extensions(POOLS).request(user, Optional.empty())).isEqualTo(new Given("1111"));
    assertThat(
            extensions("extensions: { phone-type: pbx, pools: { default: { ranges: [1000] } } }")
                .request(user, Optional.empty()))
        .isInstanceOf(FromPool.class);
  }

  @Test
  void elseTakesTheLastDigitsOfTheWorkNumberWhenTold() {
    var user =
        resource(
            """
            { 'phoneNumbers': [ { 'type': 'mobile', 'value': '+49 170 9999999' },
                                { 'type': 'work', 'value': '+49 (30) 123-04 2' } ] }
            """);

    assertThat(extensions("extensions: { from-phone-digits: 4 }").request(user, Optional.empty()))
        .isEqualTo(new Given("3042"));
    assertThat(poolFor("{ 'phoneNumbers': [ { 'type': 'work', 'value': '+49 30 1' } ] }"))
        .isEqualTo("default");
  }

  @Test
  void aWorkNumberTooShortIsNoExtension() {
    var user = resource("{ 'phoneNumbers': [ { 'type': 'work', 'value': '123' } ] }");

    assertThat(
            extensions(
                    "extensions: { from-phone-digits: 4, pools: { default: { ranges: [1000] } } }")
                .request(user, Optional.empty()))
        .isInstanceOf(FromPool.class);
  }

  @Test
  void elseTakesThePoolNamedThenTheDepartmentsThenTheDefault() {
    assertThat(poolFor("{ 'PBX': { 'extensionPool': 'berlin' } }")).isEqualTo("Berlin");
    assertThat(poolFor("{ 'ENT': { 'department': 'SALES' } }")).isEqualTo("Berlin");
    assertThat(
            poolFor("{ 'ENT': { 'department': 'Sales' }, 'PBX': { 'extensionPool': 'default' } }"))
        .isEqualTo("default");
    assertThat(poolFor("{ 'ENT': { 'department': 'Support' } }")).isEqualTo("default");
    assertThat(poolFor("{ 'userName': 'anna' }")).isEqualTo("default");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ 'PBX': { 'extensionNumber': '12' } }",
        "{ 'PBX': { 'extensionNumber': '+4930' } }",
        "{ 'PBX': { 'extensionPool': 'munich' } }",
        "{ 'phoneNumbers': [ { 'type': 'extension', 'value': 'x1111' } ] }",
      })
  void refusesWhatCannotBeAnExtension(String json) {
    var refusal = refusal(() -> extensions(POOLS).request(resource(json), Optional.empty()));

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID_VALUE);
  }

  @Test
  void refusesAUserWithoutNumberWhereThereIsNoPool() {
    var refusal =
        refusal(() -> extensions("").request(resource("{ 'userName': 'anna' }"), Optional.empty()));

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID_VALUE);
    assertThat(refusal.detail()).startsWith("no extension");
  }

  @Test
  void readsPools() {
    var pools = extensions(POOLS).pools();

    assertThat(pools).extracting(Pool::name).containsExactly("default", "Berlin");
    assertThat(pools.getFirst().quarantine()).isEqualTo(Duration.ofDays(7));
    assertThat(pools.getFirst().contains("1555")).isTrue();
    assertThat(pools.getLast().quarantine()).isEqualTo(Duration.ofDays(30));
    assertThat(pools.getLast().contains("0310")).isFalse();
    assertThat(pools.getLast().contains("0500")).isTrue();
  }

  @Test
  void reservesTheNumbersOfPortSipsServicesUnlessTold() {
    String pool = "extensions: { pools: { default: { ranges: [500-999]%s } } }";

    assertThat(extensions(pool.formatted("")).pools().getFirst().contains("777")).isFalse();
    assertThat(extensions(pool.formatted(", reserved: []")).pools().getFirst().contains("777"))
        .isTrue();
  }

  @Test
  void anotherPoolCanBeTheDefault() {
    var chosen = extensions(POOLS.replace("pools:", "default-pool: Berlin\n  pools:"));

    assertThat(chosen.defaultPool()).map(Pool::name).contains("Berlin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ default-pool: munich }",
        "{ from-phone-digits: 2 }",
        "{ pools: { default: {} } }",
        "{ pools: { default: { ranges: [1999-1000] } } }",
        "{ pools: { default: { ranges: [1000-1999, 1500-1600] } } }",
        "{ pools: { a: { ranges: [100], departments: [X] }, b: { ranges: [200], departments: [x] }"
            + " } }",
      })
  void refusesSettingsThatCannotWork(String yaml) {
    assertThatThrownBy(() -> extensions("extensions: " + yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("extensions");
  }
}
