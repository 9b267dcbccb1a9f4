package io.weir.feecenter;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.weir.feecenter.account.Adoption;
import io.weir.feecenter.ledger.Background;
import io.weir.feecenter.ledger.LedgerDatabase;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.weir");

    @Test
    void meetsTheMeteringStreamOnlyOnTopics() {
        noClasses()
                .that()
                .resideInAPackage("io.weir.feecenter..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.weir.metering..", "io.weir.deploy..", "org.apache.kafka.streams..")
                .check(CLASSES);
    }

    @Test
    void keepsTheLedgerFreeOfTheApplicationAroundIt() {
        noClasses()
                .that()
                .resideInAPackage("io.weir.feecenter.ledger..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.weir.feecenter",
                        "io.weir.feecenter.account..",
                        "io.weir.feecenter.settlement..",
                        "io.weir.feecenter.api..",
                        "io.weir.feecenter.web..",
                        "com.sun.net.httpserver..")
                .check(CLASSES);
    }

    @Test
    void lendsAccountsOnlyTheWayToTheDatabaseAndABackground() {
        noClasses()
                .that()
                .resideInAPackage("io.weir.feecenter.account..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.weir.feecenter..")
                        .and(not(resideInAPackage("io.weir.feecenter.account..")))
                        .and(not(belongToAnyOf(LedgerDatabase.class, Background.class))))
                .check(CLASSES);
    }

    @Test
    void letsSettlementKnowTheLedgerAndTheAccountsOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.weir.feecenter.settlement..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.weir.feecenter",
                        "io.weir.feecenter.billed..",
                        "io.weir.feecenter.api..",
                        "io.weir.feecenter.usage..",
                        "io.weir.feecenter.web..")
                .check(CLASSES);
    }

    @Test
    void lendsUsageOnlyTheWorkInTheBackgroundAndTheAdoptionByAccounts() {
        noClasses()
                .that()
                .resideInAPackage("io.weir.feecenter.usage..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.weir.feecenter..")
                        .and(not(resideInAPackage("io.weir.feecenter.usage..")))
                        .and(not(belongToAnyOf(Background.class, Adoption.class))))
                .check(CLASSES);
    }

    @Test
    void letsOnlyTheReaderOfUsageBringKafkaIntoIt() {
        noClasses()
                .that()
                .resideInAPackage("io.weir.feecenter.usage..")
                .and()
                .doNotHaveSimpleName("UsageReader")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void letsOnlyTheReaderOfProgressBringKafkaIntoSettlement() {
        noClasses()
                .that()
                .resideInAPackage("io.weir.feecenter.settlement..")
                .and()
                .doNotHaveSimpleName("ProgressReader")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void answersProgramsWithoutThePagesForPeople() {
        noClasses()
                .that()
                .resideInAPackage("io.weir.feecenter.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.weir.feecenter", "io.weir.feecenter.billed..", "io.weir.feecenter.web..")
                .check(CLASSES);
    }

    @Test
    void letsOnlyTheReaderKnowKafka() {
        noClasses()
                .that()
                .haveSimpleNameStartingWith("Ledger")
                .or()
                .haveSimpleNameStartingWith("Standing")
                .or()
                .haveSimpleNameStartingWith("Line")
                .and()
                .doNotHaveSimpleName("LineDecoder")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void handlesMoneyInNoFloatingPoint() {
        classes()
                .that()
                .resideInAnyPackage(
                        "io.weir.feecenter.ledger",
                        "io.weir.feecenter.settlement",
                        "io.weir.feecenter.usage",
                        "io.weir.feecenter.api",
                        "io.weir.feecenter.web")
                .and()
                .doNotHaveSimpleName("LedgerMetrics")
                .should(ExactFigures.ONLY)
                .check(CLASSES);
    }
}
