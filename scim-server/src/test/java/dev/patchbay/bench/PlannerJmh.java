package dev.patchbay.bench;

import dev.patchbay.directory.Applied;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxFields;
import dev.patchbay.pbx.api.PbxPace;
import dev.patchbay.pbx.api.PbxPermissions;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.plan.Asked;
import dev.patchbay.plan.Planner;
import dev.patchbay.plan.ProvisioningPlan;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs to find the calls for a user. */
@State(Scope.Benchmark)
public class PlannerJmh {
  private static PbxSecrets noSecrets() {
    throw new IllegalStateException("nobody is created here");
  }

  private final Planner planner =
      new Planner(
          (from, to) -> false,
          PbxCapabilities.whole(
              PbxFields.all(),
              PbxPermissions.NONE,
              new PbxPace(Duration.ofSeconds(10), Duration.ofSeconds(60), 8)));
  private final Asked asked = Asked.everything(Set.of());
  private final PbxUser user = user();
  private final PbxUser leaver = user.with(PbxField.ENABLED, Optional.of("false"));
  private final Applied applied = Applied.present(new PbxRef("1"), user.fields());

  private static PbxUser user() {
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    for (PbxField field : PbxField.values()) {
      fields.put(field, field == PbxField.ENABLED ? "true" : "some " + field);
    }
    return new PbxUser(fields);
  }

  @Benchmark
  public ProvisioningPlan nothingToDo() {
    return planner.user(applied, Optional.of(user), asked, PlannerJmh::noSecrets);
  }

  @Benchmark
  public ProvisioningPlan leaverWithAnotherName() {
    return planner.user(
        applied,
        Optional.of(leaver.with(PbxField.DISPLAY_NAME, Optional.of("Lovelace"))),
        asked,
        PlannerJmh::noSecrets);
  }
}
