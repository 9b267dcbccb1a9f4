package io.weir.feecenter;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** No field of a class is a floating-point number. */
final class ExactFigures extends ArchCondition<JavaClass> {

    static final ExactFigures ONLY = new ExactFigures();

    private static final Set<String> INEXACT = Set.of("double", "float", "java.lang.Double", "java.lang.Float");

    private ExactFigures() {
        super("have only exact figures");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        type.getFields().stream()
                .filter(field -> INEXACT.contains(field.getRawType().getName()))
                .forEach(field -> events.add(SimpleConditionEvent.violated(field, field.getFullName())));
    }
}
