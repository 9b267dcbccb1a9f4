package io.weir.metering.recomputation;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** An error in a shared class would be on both sides of the comparison and go unseen. */
class RecomputationSharesNothingTest {

    @Test
    void usesNoClassOfThePipeline() {
        // Given
        JavaClasses recomputation = new ClassFileImporter().importPackages("io.weir.metering.recomputation");

        // When, then
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("io.weir.metering..")
                        .and(not(resideInAPackage("io.weir.metering.recomputation"))))
                .check(recomputation);
    }
}
