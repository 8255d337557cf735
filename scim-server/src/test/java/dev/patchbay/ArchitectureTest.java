package dev.patchbay;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.patchbay.pbx.api.PbxDialect;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** Holds the order of packages, what only one of them may know, and how types are named. */
@AnalyzeClasses(packages = "dev.patchbay")
class ArchitectureTest {
  private static final String BASE = "dev.patchbay.";

  /** A package may use those after it. {@code pbx.*} are dialects, which do not know each other. */
  private static final List<String> ORDER =
      List.of(
          "app",
          "telemetry",
          "console",
          "scim",
          "reconcile",
          "provisioning",
          "journal",
          "plan",
          "mapping",
          "directory",
          "schema",
          "pbx.*",
          "pbx.http",
          "pbx.api",
          "database",
          "config");

  /** {@code web} stands beside the order: it uses nothing of ours, and only these use it. */
  private static final Set<String> USERS_OF_WEB =
      Set.of("app", "telemetry", "console", "scim", "emulator", "emulator.*");

  /**
   * Beside the order too: {@code emulator} is what emulators share, {@code emulator.*} those of the
   * dialects, which do not know each other.
   */
  private static final Set<String> BESIDE = Set.of("web", "emulator", "emulator.*");

  private static final DescribedPredicate<JavaClass> SHIPPED =
      describe("are shipped", ArchitectureTest::isShipped);

  @ArchTest
  static final ArchRule everyPackageIsInTheOrder =
      classes()
          .that(SHIPPED)
          .should(be(describe("in a listed package", type -> listed(place(type)))));

  @ArchTest
  static final ArchRule packagesUseOnlyLowerOnes =
      classes().that(SHIPPED).should(useOnlyLowerPackages());

  @ArchTest
  static final ArchRule onlyWebKnowsJetty =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.patchbay.web..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jetty..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyPbxHttpAndTheCommandLineKnowAnHttpClient =
      noClasses()
          .that(SHIPPED)
          .and()
          .resideOutsideOfPackages("dev.patchbay.pbx.http..", "dev.patchbay.app..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.net.http..");

  /** What the emulator and an adapter share, they misread alike, and no test would notice. */
  @ArchTest
  static final ArchRule theEmulatorSharesNothingWithAdapters =
      classes()
          .that(SHIPPED)
          .and()
          .resideInAPackage("dev.patchbay.emulator..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "com.fasterxml.jackson..",
              "org.jdbi..",
              "at.favre.lib..",
              "org.jspecify..",
              "org.slf4j..",
              "dev.patchbay.web..",
              "dev.patchbay.emulator..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .should()
          .haveNameMatching(".*(Manager|Helper|Utils?|Impl)(\\$.*)?")
          .orShould()
          .haveNameMatching(".*[.$]Abstract[A-Z].*");

  @ArchTest
  static final ArchRule doublesAreWrittenByHand =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.mockito..", "org.easymock..", "org.powermock..", "mockit..", "io.mockk..");

  @ArchTest
  static final ArchRule timeComesFromAClock =
      noClasses()
          .that(SHIPPED)
          .should()
          .callMethodWhere(describe("it reads the wall clock", ArchitectureTest::readsWallClock));

  @ArchTest
  static final ArchRule nothingStaticChanges =
      fields().that().areDeclaredInClassesThat(SHIPPED).and().areStatic().should().beFinal();

  @ArchTest
  static final ArchRule onlyTheProgramPrints =
      noClasses()
          .that(SHIPPED)
          .and()
          .resideOutsideOfPackage("dev.patchbay.app..")
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static void everyPackageIsNullMarked(JavaClasses classes) {
    var unmarked =
        classes.getPackage("dev.patchbay").getSubpackagesInTree().stream()
            .filter(each -> each.getClasses().stream().anyMatch(ArchitectureTest::isShipped))
            .filter(each -> !each.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName);

    assertThat(unmarked).isEmpty();
  }

  @ArchTest
  static void everyDialectPassesTheAdapterContract(JavaClasses classes) {
    var dialects =
        classes.stream()
            .filter(type -> isShipped(type) && !type.isInterface())
            .filter(type -> type.isAssignableTo(PbxDialect.class));
    var proved =
        classes.stream()
            .filter(
                type ->
                    extendsContract(type, "PbxAdapterContract")
                        || extendsContract(type, "PbxEffectsContract"))
            .map(JavaClass::getPackageName)
            .collect(toSet());

    assertThat(dialects.map(JavaClass::getPackageName)).isSubsetOf(proved);
  }

  private static ArchCondition<JavaClass> useOnlyLowerPackages() {
    return new ArchCondition<>("use only packages below their own") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getDirectDependenciesFromSelf().stream()
            .filter(each -> isOurs(each.getTargetClass().getBaseComponentType()))
            .filter(each -> !mayUse(type, each.getTargetClass().getBaseComponentType()))
            .map(each -> SimpleConditionEvent.violated(each, each.getDescription()))
            .forEach(events::add);
      }
    };
  }

  private static boolean mayUse(JavaClass user, JavaClass used) {
    String from = place(user);
    String to = place(used);
    if (user.getPackageName().equals(used.getPackageName())) {
      return true;
    }
    return switch (to) {
      case "web" -> USERS_OF_WEB.contains(from);
      case "emulator" -> from.equals("app") || from.equals("emulator.*");
      case "emulator.*" -> from.equals("app");
      default -> ORDER.contains(from) && ORDER.indexOf(from) < ORDER.indexOf(to);
    };
  }

  private static boolean listed(String place) {
    return ORDER.contains(place) || BESIDE.contains(place);
  }

  /** Where a type stands: its package without the base, all dialects as one. */
  private static String place(JavaClass type) {
    String name = type.getPackageName().replace(BASE, "");
    return ORDER.contains(name) ? name : name.replaceFirst("^(pbx|emulator)\\.[a-z0-9]+$", "$1.*");
  }

  private static boolean isOurs(JavaClass type) {
    return type.getName().startsWith(BASE);
  }

  private static boolean isShipped(JavaClass type) {
    return type.getSource()
        .map(source -> Location.of(source.getUri()))
        .filter(new DoNotIncludeTests()::includes)
        .isPresent();
  }

  private static boolean readsWallClock(JavaCall<?> call) {
    AccessTarget.CodeUnitCallTarget target = call.getTarget();
    String owner = target.getOwner().getName();
    return switch (target.getName()) {
      case "now" -> owner.startsWith("java.time.") && target.getRawParameterTypes().isEmpty();
      case "currentTimeMillis" -> owner.equals("java.lang.System");
      default -> false;
    };
  }

  private static boolean extendsContract(JavaClass type, String contract) {
    return type.getAllRawSuperclasses().stream()
        .anyMatch(each -> each.getSimpleName().equals(contract));
  }
}
