package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxUser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields that a tenant fills in its own way, from the request to the comparison with the PBX. */
class MappedFieldsTest {
  private static final String MAP =
      """
      attributes:
        department: { from: title, lower-case: true, table: { r&d: Research, "*": Staff } }
        home-phone: { from: none }
        address: { text: "{title} {nickName}", replace: "[0-9]+", with: "#", cut: 8 }
      """;

  private final TestStore store = TestStore.sqlite();
  @TempDir private Path directory;
  private Office office;

  @BeforeEach
  void open() {
    office = new Office(store.open(directory), MAP);
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  private PbxUser onPbx() {
    return office.pbx.named("ada").orElseThrow();
  }

  private Entry ada() {
    return office.user(
        "ada",
        ",'title':'R&D','nickName':'Room 1815 west',"
            + "'phoneNumbers':[{'type':'home','value':'123'}]");
  }

  @Test
  void thePbxHasWhatIsMadeOfThemAndScimWhatWasSent() {
    var ada = ada();

    assertThat(onPbx().get(PbxField.DEPARTMENT)).contains("Research");
    assertThat(onPbx().get(PbxField.ADDRESS)).contains("R&D Room");
    assertThat(onPbx().get(PbxField.HOME_PHONE)).isEmpty();
    assertThat(ada.resource().path("title").asText()).isEqualTo("R&D");
    assertThat(ada.resource().path("phoneNumbers")).hasSize(1);
  }

  @Test
  void whatWasMadeOfThemIsNoDrift() {
    var ada = ada();

    var looked = office.provisioner().inspection().user(ada.id(), seen -> true).orElseThrow();

    assertThat(looked.seen().differences()).isEmpty();
  }

  @Test
  void onlyWhatIsMadeOfThemCounts() {
    var ada = ada();
    office.pbx.calls();

    office.patch(ada, "{'op':'replace','path':'title','value':'r&d'}");
    assertThat(office.pbx.calls()).as("the same department, another address").hasSize(1);
    office.patch(ada, "{'op':'replace','path':'nickName','value':'Room 1816 east'}");
    office.patch(ada, "{'op':'replace','path':'phoneNumbers','value':[]}");

    assertThat(office.pbx.calls()).as("nothing that the pbx would see").isEmpty();
  }
}
