package io.weir.deploy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

@AnalyzeClasses(packages = "io.weir", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {

    private static final Set<String> HELD_BACK_LINES = Set.of(
            "io.weir.feecenter.FeeCenterConfig",
            "io.weir.feecenter.ledger.BillLineConsumer",
            "io.weir.feecenter.ledger.DatabaseTrouble",
            "io.weir.feecenter.ledger.Decision",
            "io.weir.feecenter.ledger.DecisionRefused",
            "io.weir.feecenter.ledger.HeldBackLine",
            "io.weir.feecenter.ledger.HeldBackLines",
            "io.weir.feecenter.ledger.HoldReason",
            "io.weir.feecenter.ledger.LedgerDatabase",
            "io.weir.feecenter.ledger.LineDecoder",
            "io.weir.feecenter.ledger.Release",
            "io.weir.feecenter.ledger.StoppedAccount");

    @ArchTest
    static final ArchRule noBillingRuleIsInDeploy = noClasses()
            .that()
            .resideInAPackage("io.weir.deploy..")
            .should()
            .dependOnClassesThat(describe(
                    "are of the metering stream and neither its settings, what its state has counted, its rebuild nor its judge"
                            + " of control records",
                    type -> type.getPackageName().startsWith("io.weir.metering")
                            && !type.getPackageName().equals("io.weir.metering.rebuild")
                            && !isJudgeOfControlRecords(type)
                            && !isOneOf(type, "io.weir.metering.MeteringConfig", "io.weir.metering.CommittedCounts")));

    @ArchTest
    static final ArchRule onlyApplyAsksTheJudgeOfControlRecords = noClasses()
            .that()
            .resideInAPackage("io.weir.deploy..")
            .and()
            .resideOutsideOfPackage("io.weir.deploy.apply..")
            .should()
            .dependOnClassesThat(describe("judge control records", ArrowsTest::isJudgeOfControlRecords));

    private static boolean isJudgeOfControlRecords(JavaClass type) {
        return isOneOf(
                type,
                "io.weir.metering.control.ControlTable",
                "io.weir.metering.control.Refused",
                "io.weir.metering.control.Touches");
    }

    @ArchTest
    static final ArchRule ofTheFeeCenterDeployReadsOnlyItsSettingsAndAsksOnlyTheLedger = noClasses()
            .that()
            .resideInAPackage("io.weir.deploy..")
            .and()
            .resideOutsideOfPackages("io.weir.deploy.held..", "io.weir.deploy.quickstart..")
            .should()
            .dependOnClassesThat(describe(
                    "are of the fee center and neither its settings nor questions to the ledger",
                    type -> type.getPackageName().startsWith("io.weir.feecenter")
                            && !isOneOf(
                                    type,
                                    "io.weir.feecenter.FeeCenterConfig",
                                    "io.weir.feecenter.ledger.BillQuery",
                                    "io.weir.feecenter.ledger.PriceSteps")));

    private static boolean isOneOf(JavaClass type, String... names) {
        return List.of(names).stream()
                .anyMatch(name ->
                        type.getFullName().equals(name) || type.getFullName().startsWith(name + "$"));
    }

    @ArchTest
    static final ArchRule onlyHeldLinesAreDecidedAboutByACommand = noClasses()
            .that()
            .resideInAPackage("io.weir.deploy.held..")
            .should()
            .dependOnClassesThat(describe(
                    "are of the fee center and neither its settings nor the way to its held-back lines",
                    type -> type.getPackageName().startsWith("io.weir.feecenter")
                            && !HELD_BACK_LINES.contains(type.getName().replaceAll("\\$.*", ""))));

    @ArchTest
    static final ArchRule nobodyDependsOnDeploy = noClasses()
            .that()
            .resideOutsideOfPackage("io.weir.deploy..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.weir.deploy..");

    @ArchTest
    static final ArchRule schemasDependOnNoApplication = noClasses()
            .that()
            .resideInAnyPackage("io.weir.wire", "io.weir.publish", "io.weir.usage", "io.weir.billing")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.weir.metering..", "io.weir.feecenter..");

    @ArchTest
    static final ArchRule theMeteringStreamMeetsTheFeeCenterOnlyOnTopics = noClasses()
            .that()
            .resideInAPackage("io.weir.metering..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.weir.feecenter..");

    @ArchTest
    static final ArchRule theFeeCenterMeetsTheMeteringStreamOnlyOnTopics = noClasses()
            .that()
            .resideInAPackage("io.weir.feecenter..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.weir.metering..");

    @ArchTest
    static final ArchRule nobodyKnowsTheReplay = onlyTheCommandLineKnows("io.weir.deploy.replay");

    @ArchTest
    static final ArchRule nobodyKnowsTheFaultRuns = onlyTheCommandLineKnows("io.weir.deploy.faults");

    private static ArchRule onlyTheCommandLineKnows(String command) {
        return classes()
                .that()
                .resideInAPackage(command)
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage(command, "io.weir.deploy");
    }
}
