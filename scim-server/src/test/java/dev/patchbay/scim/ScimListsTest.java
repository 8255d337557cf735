package dev.patchbay.scim;

import static dev.patchbay.scim.ScimServer.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.directory.CursorSeal;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.schema.ResourceTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sorting, paging and searches over several types, as clients see them. */
class ScimListsTest {
  @TempDir private Path folder;
  private ScimServer server;

  @BeforeEach
  void open() {
    server = ScimServer.in(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/Users?sortBy=none                          | invalidValue  | none",
        "/Users?sortBy=name                          | invalidValue  | name",
        "/Users?sortBy=password                      | invalidValue  | password",
        "/Users?sortBy=members                       | invalidValue  | members",
        "/Users?sortBy=a%20b                         | invalidValue  | a b",
        "/Users?sortBy=title&sortOrder=up            | invalidValue  | sortOrder",
        "/?sortBy=none                               | invalidValue  | none",
        "/Users?cursor&startIndex=1                  | invalidValue  | startIndex",
        "/Users?cursor&count=x                       | invalidCount  | count",
        "/Users?cursor=x                             | invalidCursor | cursor",
        "/?filter=password%20eq%20%22x%22&cursor     | sensitive     | password",
      })
  void saysWhichParameterIsWrong(String path, String scimType, String named) {
    var answer = server.get(path);

    assertError(answer, scimType.equals("sensitive") ? 403 : 400);
    assertThat(ScimServer.json(answer).path("scimType").asText()).isEqualTo(scimType);
    assertThat(ScimServer.json(answer).path("detail").asText()).contains(named);
  }

  @Test
  void tellsNobodyToPostAFilterThatIsNotAnsweredEither() {
    var search =
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
         "filter": "password eq \\"x\\""}
        """;

    var answer = server.sendAsIs("POST", "/Users/.search", search);

    assertError(answer, 400);
    assertThat(ScimServer.json(answer).path("scimType").asText()).isEqualTo("invalidFilter");
  }

  @Test
  void wantsPagesOfOneSize() {
    server.store.users(10);
    var first = ScimServer.json(server.get("/Users?cursor&count=3"));
    var next = "/Users?cursor=" + first.path("nextCursor").asText();

    assertThat(ScimServer.json(server.get(next)).path("scimType").asText())
        .isEqualTo("invalidCount");
    assertThat(server.get(next + "&count=3").statusCode()).isEqualTo(200);
  }

  /** Whoever is there all the time comes once, wherever others come and go. */
  @ParameterizedTest
  @CsvSource({"''", "&sortBy=userName", "&sortBy=title", "&sortBy=title&sortOrder=descending"})
  void comesThroughChangesWithCursors(String order) {
    for (int i = 0; i < 20; i++) {
      int number = i;
      server.store.user(
          "user" + (char) ('a' + i * 7 % 20),
          it -> {
            if (number % 3 > 0) {
              it.put("title", "t" + number % 4);
            }
          });
    }
    var seen = new ArrayList<String>();
    var path = "/Users?attributes=userName&count=3" + order + "&cursor=";
    var cursor = "";
    do {
      var page = ScimServer.json(server.get(path + cursor));
      var ids = ids(page);
      seen.addAll(ids);
      cursor = page.path("nextCursor").asText();
      delete(ids.getLast()); // the very edge of the page
      server.store.user("new" + seen.size(), it -> it.put("title", "t1"));
    } while (!cursor.isEmpty());

    var kept = ids(ScimServer.json(server.get("/Users?filter=userName%20sw%20%22user%22")));
    assertThat(kept).hasSizeGreaterThan(10);
    assertThat(seen).doesNotHaveDuplicates().containsAll(kept);
  }

  private void delete(String id) {
    server.store.database().run(handle -> EntryStore.delete(handle, id));
  }

  @Test
  void aCursorIsGoodForAnHourAndThenSaysThatItHasExpired() {
    server.store.user("ada");
    server.store.user("bob");
    var cursor = ScimServer.json(server.get("/Users?cursor&count=1")).path("nextCursor").asText();
    var next = "/Users?count=1&cursor=" + cursor;

    server.clock.advance(CursorSeal.TIMEOUT);
    assertThat(server.get(next).statusCode()).isEqualTo(200);

    server.clock.advance(Duration.ofSeconds(1));
    var refused = server.get(next);
    ScimServer.assertError(refused, 400);
    assertThat(ScimServer.json(refused).path("scimType").asText()).isEqualTo("expiredCursor");
    assertThat(ScimServer.json(refused).path("detail").asText()).contains("3600 seconds");
  }

  @Test
  void searchesAllTypesFromTheBase() {
    var ada = server.store.user("ada", it -> it.put("displayName", "B"));
    var sales = server.store.group("a", ada);
    server.store.user("bob");

    // The PBX's roles come in a moment of their own.
    var people = "filter=meta.resourceType%20ne%20%22Role%22&";
    var all =
        ScimServer.json(
            server.get("?" + people + "sortBy=displayName&attributes=displayName,members"));
    assertThat(ids(all)).startsWith(sales, ada).hasSize(3);
    assertThat(all.at("/Resources/0/members/0/value").asText()).isEqualTo(ada);
    assertThat(all.at("/Resources/0/schemas/0").asText()).isEqualTo(ResourceTypes.CORE_GROUP);

    var groups = server.get("?filter=meta.resourceType%20eq%20%22Group%22&cursor&count=1");
    assertThat(ids(ScimServer.json(groups))).containsExactly(sales);
    assertThat(ids(search("{'filter':'members pr'}"))).containsExactly(sales);
    assertThat(ids(search("{'filter':'none pr'}"))).isEmpty();
    var counted = search("{'count':0,'filter':'meta.resourceType ne \\'Role\\''}");
    assertThat(counted.path("totalResults").intValue()).isEqualTo(3);
  }

  private JsonNode search(String body) {
    var schema = "{'schemas':['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],";
    return ScimServer.json(server.send("POST", "/.search", schema + body.substring(1)));
  }

  private static List<String> ids(JsonNode list) {
    return StreamSupport.stream(list.path("Resources").spliterator(), false)
        .map(it -> it.path("id").asText())
        .toList();
  }
}
