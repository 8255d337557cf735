package dev.patchbay.emulator.portsip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.emulator.EmulatedStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListQueryTest extends EmulatorTest {
  private EmulatorClient client;

  @BeforeEach
  void startWithFour() throws IOException {
    client = EmulatorClient.of(start());
    create("anna", "1001", "Sales", true);
    create("bob", "1002", "Sales", false);
    create("O'Neil", "1003", "Support", true);
    create("dora", "0104", "", true);
  }

  private void create(String name, String extension, String department, boolean enabled)
      throws IOException {
    client
        .post(
            "/api/users",
            EmulatorClient.user(name, extension)
                .put("department", department)
                .put("enabled", enabled))
        .id();
  }

  private static List<String> names(EmulatorClient.Answer page) {
    assertThat(page.status()).as(page.body().toString()).isEqualTo(200);
    return page.body().path("items").findValuesAsText("name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "nobody",
      value = {
        "name eq 'anna' | anna",
        "name eq 'Anna' | nobody",
        "NAME eq 'anna' or name eq 'nobody' | refused",
        "name eq 'O''Neil' | O'Neil",
        "extension_number eq '0104' | dora",
        "extension_number eq '104' | nobody",
        "name eq 'zoe' or extension_number eq '1002' | bob",
        "name ne 'anna' | bob,O'Neil,dora",
        "extension_number gt '1002' | O'Neil",
        "extension_number ge '1002' | bob,O'Neil",
        "extension_number lt '1001' | dora",
        "extension_number le '1001' | anna,dora",
        "enabled eq false | bob",
        "enabled eq true and department eq 'Sales' | anna",
        "department eq null | dora",
        "department ne 'Sales' | O'Neil,dora",
        "startswith(name,'a') | anna",
        "endswith(email, 'b@example.com') | bob",
        "contains(display_name,'do') | dora",
        "contains(name,'''') | O'Neil",
        "name eq 'anna' or name eq 'bob' and enabled eq true | anna",
        "(name eq 'anna' or name eq 'bob') and enabled eq false | bob",
        "((name eq 'dora')) | dora",
        "name EQ 'anna' OR name Eq 'bob' | anna,bob"
      })
  void filtersSelect(String filter, String expected) throws IOException {
    var page = client.users(filter);

    if ("refused".equals(expected)) {
      assertThat(page.status()).isEqualTo(400);
    } else {
      var wanted = expected == null ? List.<String>of() : List.of(expected.split(","));
      assertThat(names(page)).containsExactlyElementsOf(wanted);
      assertThat(page.body().path("count").asInt()).isEqualTo(wanted.size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name",
        "name eq",
        "name eq anna",
        "name eq 'anna",
        "name like 'a'",
        "name eq 'a' and",
        "name eq 'a' name eq 'b'",
        "(name eq 'a'",
        "name eq 'a')",
        "startswith(name)",
        "startswith(name,anna)",
        "upper(name) eq 'A'",
        "password eq 'x'",
        "voicemail_pin eq '749205'",
        "body eq 'x'",
        "1 eq 1; drop table users"
      })
  void anUnknownFilterIsRefused(String filter) throws IOException {
    var answer = client.users(filter);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("VALIDATE_FAILED");
  }

  @Test
  void aHugeFilterIsRefusedAndHarmless() throws IOException {
    for (String filter :
        List.of(
            "(".repeat(2_000) + "name eq 'a'" + ")".repeat(2_000),
            "(".repeat(20_000),
            "name eq '" + "''".repeat(20_000) + "'",
            "name eq 'a'" + " or name eq 'a'".repeat(250))) {
      assertThat(client.users(filter).status()).isEqualTo(400);
    }
    assertThat(names(client.users("name eq 'a'" + " or name eq 'bob'".repeat(150))))
        .containsExactly("bob");
  }

  @Test
  void searchLooksWithoutCaseAndNarrowsTheFilter() throws IOException {
    assertThat(names(client.get("/api/users?search=ANNA"))).containsExactly("anna");
    assertThat(names(client.get("/api/users?search=100"))).containsExactly("anna", "bob", "O'Neil");
    assertThat(
            names(
                client.get(
                    "/api/users?search=100&filter="
                        + EmulatorClient.encoded("department eq 'Sales'"))))
        .containsExactly("anna", "bob");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name | O'Neil,anna,bob,dora",
        "name asc | O'Neil,anna,bob,dora",
        "name desc | dora,bob,anna,O'Neil",
        "department desc, extension_number DESC | O'Neil,bob,anna,dora",
        "enabled, name | bob,O'Neil,anna,dora"
      })
  void ordersByFields(String order, String expected) throws IOException {
    assertThat(names(client.get("/api/users?orderby=" + EmulatorClient.encoded(order))))
        .containsExactly(expected.split(","));
  }

  @Test
  void skipsAndStops() throws IOException {
    var page = client.get("/api/users?orderby=extension_number&skip=1&top=2");

    assertThat(names(page)).containsExactly("anna", "bob");
    assertThat(page.body().path("count").asInt()).isEqualTo(4);
    assertThat(names(client.get("/api/users?skip=9"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "skip=-1",
        "skip=x",
        "top=0",
        "top=101",
        "top=",
        "orderby=",
        "orderby=password",
        "orderby=name+up",
        "orderby=name+asc+asc",
        "orderby=seq;drop"
      })
  void wrongParametersAreRefused(String query) throws IOException {
    assertThat(client.get("/api/users?" + query).status()).isEqualTo(400);
  }

  @Test
  void aPageHasAHundredUnlessFewerAreAsked() throws IOException {
    for (int i = 0; i < 101; i++) {
      create("user" + i, "2" + (100 + i), "Many", true);
    }

    var page = client.users("department eq 'Many'");

    assertThat(names(page)).hasSize(100).startsWith("user0", "user1");
    assertThat(page.body().path("count").asInt()).isEqualTo(101);
  }

  @Test
  void theFilterOfAProbeUsesTheIndexes() throws IOException {
    try (var store = EmulatedStore.open(Optional.empty(), PortSipEmulator.VENDOR)) {
      for (String filter :
          List.of("name eq 'x' or extension_number eq 'y'", "id eq 'x'", "email eq 'x'")) {
        Condition condition = FilterParser.parse(filter, Users.LISTING, Undocumented.usual());

        List<String> plan =
            store.read(
                handle -> {
                  var query =
                      handle.createQuery(
                          "EXPLAIN QUERY PLAN SELECT body FROM users WHERE "
                              + condition.join("AND", Condition.ALWAYS).sql()
                              + " ORDER BY seq LIMIT 100");
                  for (int i = 0; i < condition.values().size(); i++) {
                    query.bind(i, condition.values().get(i));
                  }
                  return query.map((row, context) -> row.getString("detail")).list();
                });

        assertThat(plan)
            .anyMatch(it -> it.contains("INDEX"))
            .noneMatch(it -> it.startsWith("SCAN"));
      }
    }
  }
}
