package dev.patchbay.keycloak;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;

/** A package may use those after it in this list, and only those. */
@AnalyzeClasses(packages = "dev.patchbay.keycloak", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final List<String> DOWNWARD =
      List.of("provider", "drain", "outbox", "snapshot", "client", "change", "config");

  @ArchTest static final ArchRule layers = layers();

  private static LayeredArchitecture layers() {
    var rule =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitecture();
    for (String each : DOWNWARD) {
      rule = rule.layer(each).definedBy("dev.patchbay.keycloak." + each);
    }
    for (int i = 0; i < DOWNWARD.size(); i++) {
      var above = DOWNWARD.subList(0, i).toArray(String[]::new);
      rule =
          i == 0
              ? rule.whereLayer(DOWNWARD.get(i)).mayNotBeAccessedByAnyLayer()
              : rule.whereLayer(DOWNWARD.get(i)).mayOnlyBeAccessedByLayers(above);
    }
    return rule;
  }
}
