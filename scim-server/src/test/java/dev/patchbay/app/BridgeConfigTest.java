package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.config.ConfigFile;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.database.StoreAddress.PostgresDatabase;
import dev.patchbay.database.StoreAddress.SqliteFile;
import dev.patchbay.schema.IdentityProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeConfigTest {
  private static final Secret TOKEN = TokenHash.randomToken();
  private static final String HASH = TokenHash.of(TOKEN).text();
  private static final String PBX =
      "pbx: { dialect: portsip, base-url: http://pbx.example:8887, token: env:PBX_TOKEN }";

  @TempDir private Path directory;

  @Test
  void readsTheSmallestConfigurationThereIs() {
    BridgeConfig config = read("tenants: { office: { %s } }".formatted(PBX));

    assertThat(config.listen().port()).isEqualTo(8080);
    assertThat(config.store()).isEqualTo(new SqliteFile(directory.resolve("data/patchbay.db")));
    assertThat(config.tenants()).extracting(TenantConfig::name).containsExactly("office");
    assertThat(config.tenants().getFirst().tokens()).isEmpty();
  }

  @Test
  void readsWhereItListensAndWhatItIsCalled() {
    BridgeConfig config =
        read(
            """
            listen: { host: 0.0.0.0, port: 0, public-url: https://scim.example.com }
            store: { url: "sqlite:/var/lib/patchbay/p.db" }
            tenants: { office: { %s } }
            """
                .formatted(PBX));

    assertThat(config.listen().host()).isEqualTo("0.0.0.0");
    assertThat(config.listen().port()).isZero();
    assertThat(config.listen().publicUrl()).contains(URI.create("https://scim.example.com"));
    assertThat(config.store()).isEqualTo(new SqliteFile(Path.of("/var/lib/patchbay/p.db")));
  }

  @Test
  void readsATokenByItsHash() {
    BridgeConfig config = read(office("tokens: [{ name: entra, hash: %s, idp: entra }]", HASH));

    TokenSettings token = config.tenants().getFirst().tokens().getFirst();

    assertThat(token.name()).isEqualTo("entra");
    assertThat(token.idp()).isEqualTo(IdentityProvider.ENTRA);
    assertThat(token.hash().matches(TOKEN)).isTrue();
  }

  @Test
  void readsATokenFromAFile() throws IOException {
    Files.writeString(directory.resolve("scim-token"), TOKEN.reveal());

    BridgeConfig config = read(office("tokens: [{ name: entra, token: 'file:scim-token' }]"));

    assertThat(config.tenants().getFirst().tokens().getFirst().hash().matches(TOKEN)).isTrue();
  }

  @Test
  void neverRepeatsATokenThatStandsWhereItsFileBelongs() {
    assertThatThrownBy(() -> read(office("tokens: [{ name: entra, token: %s }]", TOKEN.reveal())))
        .message()
        .contains("tenants.office.tokens[0].token: expected file:PATH or env:NAME")
        .doesNotContain(TOKEN.reveal());
  }

  @Test
  void neverRepeatsATokenThatStandsWhereItsHashBelongs() {
    assertThatThrownBy(() -> read(office("tokens: [{ name: entra, hash: %s }]", TOKEN.reveal())))
        .message()
        .contains("tenants.office.tokens[0].hash: expected the hash that 'patchbay token' prints")
        .doesNotContain(TOKEN.reveal());
  }

  @Test
  void wantsTheHashOfAToken() {
    assertThatThrownBy(() -> read(office("tokens: [{ name: entra }]")))
        .message()
        .contains("tenants.office.tokens[0].hash: is missing");
  }

  @Test
  void tellsTwoTokensApartByName() {
    String two = "tokens: [{ name: a, hash: %s }, { name: a, hash: %s }]";

    assertThatThrownBy(() -> read(office(two, HASH)))
        .message()
        .contains("tenants.office.tokens[1].name: two tokens of a tenant have this name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://pbx.example.com:8887", "http://203.0.113.7", "http://[2001:db8::1]"})
  void warnsOfPasswordsThatGoThroughNetworksOfOthers(String url) {
    assertThat(warnings(url))
        .containsExactly(
            "tenants.office.pbx.base-url: passwords go there in clear, expected https");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://pbx.example.com", "http://127.0.0.1:8887", "http://[::1]", "http://localhost:1",
        "http://portsip:8887", "http://10.0.0.5", "http://192.168.1.9", "http://pbx.office.internal"
      })
  void doesNotWarnOfOwnNetworks(String url) {
    assertThat(warnings(url)).isEmpty();
  }

  private List<String> warnings(String url) {
    String yaml =
        "tenants: { office: { pbx: { dialect: portsip, base-url: '%s', token: env:PBX_TOKEN } } }";
    var environment = Map.of("PBX_TOKEN", "pbx-secret");
    var file = ConfigFile.parse("test.yaml", directory, yaml.formatted(url), environment);
    BridgeConfig.read(file);
    return file.warnings();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Office", "a_b", "-a", "a-", "ä", "'a b'", "'a/b'"})
  void refusesATenantNameThatIsNoPathSegment(String name) {
    assertThatThrownBy(() -> read("tenants: { %s: { %s } }".formatted(name, PBX)))
        .message()
        .contains("tenant must be 1 to 63 small letters, digits and inner dashes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tenants:", "tenants: {}"})
  void wantsATenant(String yaml) {
    assertThatThrownBy(() -> read(yaml))
        .message()
        .endsWith("tenants: expected at least one tenant");
  }

  @Test
  void saysWhichDialectsThereAre() {
    assertThatThrownBy(() -> read("tenants: { office: { pbx: { dialect: acme, key: 1 } } }"))
        .hasMessage(
            "test.yaml:1: tenants.office.pbx.dialect: expected one of portsip, ipcortex, xelion,"
                + " crmcom, found 'acme'");
  }

  @Test
  void saysWhatTheDialectMisses() {
    assertThatThrownBy(() -> read("tenants: { office: { pbx: { dialect: portsip } } }"))
        .message()
        .contains("tenants.office.pbx.base-url: is missing")
        .contains("tenants.office.pbx.token: is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data/patchbay.db",
        "'sqlite:'",
        "jdbc:postgresql:patchbay",
        "jdbc:postgresql://db.example",
        "postgresql://db.example/patchbay",
        "jdbc:mysql://db.example/patchbay"
      })
  void refusesAStoreItDoesNotKnow(String url) {
    assertThatThrownBy(() -> read("store: { url: %s, user: p }\n".formatted(url) + office("")))
        .message()
        .contains("store.url: expected sqlite:FILE such as sqlite:data/patchbay.db or")
        .contains("jdbc:postgresql://HOST:PORT/DATABASE, found '");
  }

  @Test
  void readsAPostgresqlStore() {
    var url = "jdbc:postgresql://db.example:5433/patchbay?sslmode=verify-full";

    var config =
        read(
            "store: { url: \"%s\", user: bridge, password: env:PBX_TOKEN }\n".formatted(url)
                + office(""));

    assertThat(config.store())
        .isInstanceOfSatisfying(
            PostgresDatabase.class,
            store -> {
              assertThat(store.url()).isEqualTo(url);
              assertThat(store.user()).isEqualTo("bridge");
              assertThat(store.password()).map(Secret::reveal).contains("pbx-secret");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://bridge:hunter2@db.example/patchbay",
        "jdbc:postgresql://db.example/patchbay?user=bridge&password=hunter2",
        "jdbc:postgresql://db.example/patchbay?ssl=true&password=hunter2"
      })
  void refusesAPasswordInTheStoresAddressWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> read("store: { url: '%s', user: p }\n".formatted(url) + office("")))
        .message()
        .contains("store.url: expected no user and password in it")
        .doesNotContain("hunter2");
  }

  @Test
  void refusesPostgresqlWithoutAUser() {
    assertThatThrownBy(() -> read("store: { url: jdbc:postgresql://db/p }\n" + office("")))
        .message()
        .contains("store.user: is missing");
  }

  @Test
  void refusesAUserOfAFile() {
    assertThatThrownBy(() -> read("store: { user: p, password: env:PBX_TOKEN }\n" + office("")))
        .message()
        .contains("store.user: expected only beside a store.url of jdbc:postgresql")
        .contains("store.password: expected only beside a store.url of jdbc:postgresql");
  }

  @Test
  void tellsTheProblemsOfAllTenantsAtOnce() {
    String yaml =
        """
        listen: { port: 99999 }
        tenants:
          one: { pbx: { dialect: portsip, base-url: nowhere, token: env:PBX_TOKEN } }
          two: { %s, mapping: { defaultrole: X }, policy: { on-unavailable: panic } }
        """
            .formatted(PBX);

    assertThatThrownBy(() -> read(yaml))
        .message()
        .contains("test.yaml:1: listen.port: expected a whole number from 0 to 65535")
        .contains("test.yaml:3: tenants.one.pbx.base-url: expected an http or https URL")
        .contains(
            "test.yaml:4: tenants.two.mapping.defaultrole: unknown key, did you mean"
                + " 'default-role'?")
        .contains("test.yaml:4: tenants.two.policy.on-unavailable: expected one of refuse, queue");
  }

  private static String office(String lines, Object hash) {
    return office(lines.replace("%s", hash.toString()));
  }

  private static String office(String lines) {
    return "tenants:\n  office:\n    %s\n    %s\n".formatted(PBX, lines);
  }

  private BridgeConfig read(String yaml) {
    var environment = Map.of("PBX_TOKEN", "pbx-secret");
    return BridgeConfig.read(ConfigFile.parse("test.yaml", directory, yaml, environment));
  }
}
