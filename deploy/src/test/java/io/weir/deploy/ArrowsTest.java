package io.weir.deploy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.weir", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {

    @ArchTest
    static final ArchRule noBillingRuleIsInDeploy = noClasses()
            .that()
            .resideInAPackage("io.weir.deploy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.weir.metering..");

    @ArchTest
    static final ArchRule ofTheFeeCenterDeployAsksOnlyTheLedger = noClasses()
            .that()
            .resideInAPackage("io.weir.deploy..")
            .should()
            .dependOnClassesThat(describe(
                    "are of the fee center and not questions to the ledger",
                    type -> type.getPackageName().startsWith("io.weir.feecenter")
                            && !type.getFullName().startsWith("io.weir.feecenter.ledger.BillQuery")));

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
            .resideInAnyPackage("io.weir.wire", "io.weir.usage", "io.weir.billing")
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
