package io.weir.metering;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which part of the line may know what. */
class ArchitectureTest {

    private static final JavaClasses LINE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.weir.metering");

    /** In the order in which the data meets them; the root knows all of the line, and the way back knows the root. */
    private static final List<String> STAGES = List.of(
            "io.weir.metering.state",
            "io.weir.metering.intake",
            "io.weir.metering.window",
            "io.weir.metering.attribution",
            "io.weir.metering.rating",
            "io.weir.metering.control",
            "io.weir.metering",
            "io.weir.metering.rebuild");

    @Test
    void everyStageKnowsOnlyTheStagesBeforeIt() {
        for (int stage = 0; stage < STAGES.size(); stage++) {
            noClasses()
                    .that()
                    .resideInAPackage(STAGES.get(stage))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(STAGES.subList(stage + 1, STAGES.size()).toArray(String[]::new))
                    .check(LINE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.weir.metering.attribution", "io.weir.metering.rating"})
    void moneyKnowsNoKafka(String stage) {
        noClasses()
                .that()
                .resideInAPackage(stage)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(LINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.weir.metering.attribution", "io.weir.metering.rating"})
    void moneyKnowsNoFloatingPoint(String stage) {
        noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(stage)
                .should()
                .haveRawType(double.class)
                .orShould()
                .haveRawType(float.class)
                .check(LINE);
        noClasses()
                .that()
                .resideInAPackage(stage)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Math.class, StrictMath.class, Double.class, Float.class)
                .check(LINE);
    }

    @Test
    void theWorkspaceSideDoesNotKnowTheFeeCenter() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.weir.feecenter..")
                .check(LINE);
    }

    @Test
    void noClassIsNamedForItsPlaceInsteadOfItsTask() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Utils?|Helper|Dto|Factory)")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .check(LINE);
    }

    @Test
    void nothingAsksTheWallClock() {
        noClasses()
                .should()
                .callMethodWhere(target(name("now")).and(target(owner(resideInAPackage("java.time..")))))
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(LINE);
    }

    @Test
    void onlySlicesAndTheWaitForUnknownSchemasAreTimed() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Slice")
                .and()
                .doNotHaveSimpleName("Patience")
                .should()
                .callMethod(System.class, "nanoTime")
                .check(LINE);
    }
}
