package io.weir.wire;

import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * The generated classes, which Avro may load by the name in a schema. Avro trusts no class of an application unless told, and
 * refuses with a SecurityException; this tells it once, so that no system property is needed. What was trusted before stays so.
 */
public final class TrustedRecords {

    private static final Set<String> PACKAGES = Set.of("io.weir.usage", "io.weir.billing");

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> PACKAGES.contains(type.getPackageName())));
    }

    private TrustedRecords() {}

    /** Has no effect but that of loading this class: from now on the generated classes are trusted. */
    public static void trust() {}

    /** The schema of the generated class that a writer names; empty if there is none that is trusted. */
    static Optional<Schema> namedBy(Schema writer) {
        try {
            return Optional.ofNullable(SpecificData.get().getClass(writer)).map(SpecificData.get()::getSchema);
        } catch (SecurityException untrusted) {
            return Optional.empty();
        }
    }
}
