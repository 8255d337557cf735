package dev.patchbay.e2e;

import static dev.patchbay.e2e.XelionOffice.API;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A person is two objects on Xelion, so that most writes take two requests and more: whatever
 * happens to one of them, directory and Xelion end alike, and without anybody asking again.
 */
@Timeout(120)
class XelionStepsTest {
  private static final List<Fault> FAULTS =
      List.of(new Fault.Reset(), new Fault.DropAfterCommit(), new Fault.Status(429));

  @TempDir private Path directory;
  private XelionOffice office;

  @BeforeEach
  void start() throws IOException {
    office = XelionOffice.open(directory, "refuse");
  }

  @AfterEach
  void stop() {
    office.close();
  }

  @ParameterizedTest
  @CsvSource({
    "create, POST,   addressables",
    "create, POST,   users",
    "leave,  PATCH,  users/.*",
    "leave,  PUT,    addressables/.*",
    "delete, DELETE, users/.*",
    "delete, DELETE, addressables/.*"
  })
  void whateverHappensToOneOfItsRequestsBothSidesEndAlike(
      String write, String method, String resource) {
    for (int person = 0; person < FAULTS.size(); person++) {
      String name = "ada-" + person + "@corp.example";
      String id = write.equals("create") ? "" : office.create(name).is(201).id();
      office.faults().replace(FaultRule.on(method, API + resource, FAULTS.get(person)).times(1));

      Answer answer = send(write, name, id);

      assertThat(answer.status()).as(answer.text()).isIn(200, 201, 204, 429, 503);
      assertThat(office.faults().rules()).as("the fault was met").isEmpty();
    }

    office.awaitAlike();
    if (!write.equals("create")) {
      assertThat(office.accounts()).allMatch(account -> !account.path("active").asBoolean());
    }
    if (write.equals("delete")) {
      assertThat(office.accounts()).isEmpty();
    }
  }

  private Answer send(String write, String name, String id) {
    return switch (write) {
      case "create" -> office.create(name);
      case "leave" ->
          office.scim.patch(
              "/Users/" + id,
              "{'op':'replace','path':'active','value':false},"
                  + "{'op':'replace','path':'displayName','value':'Countess'}");
      default -> office.scim.delete("/Users/" + id);
    };
  }
}
