package io.weir.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * What may not change between two versions of a schema: whatever keeps one from reading the other's records, and, beyond Avro's own
 * rules, whatever makes it read another value. A decimal of another scale is compatible to Avro and a thousand times the price.
 */
final class SchemaContract {

    private static final List<String> MEANINGS = List.of("logicalType", "precision", "scale");

    private final List<String> violations = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    private SchemaContract() {}

    /** One sentence per broken promise; empty if the newer version keeps all that the released one made. */
    static List<String> violations(Schema released, Schema newer) {
        SchemaContract contract = new SchemaContract();
        contract.requireReadable("the newer version cannot read what was written", newer, released);
        contract.requireReadable("what the newer version writes cannot be read", released, newer);
        contract.compare(released.getName(), released, newer);
        return contract.violations;
    }

    private void requireReadable(String trouble, Schema reader, Schema writer) {
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult().getIncompatibilities().stream()
                .map(found -> "%s: %s at %s".formatted(trouble, found.getMessage(), found.getLocation()))
                .forEach(violations::add);
    }

    private void compare(String where, Schema released, Schema newer) {
        if (released.getType() != newer.getType()) {
            changed(where, "type", released.getType(), newer.getType());
            return;
        }
        for (String meaning : MEANINGS) {
            requireSame(where, meaning, released.getObjectProp(meaning), newer.getObjectProp(meaning));
        }
        switch (released.getType()) {
            case RECORD -> compareRecords(where, released, newer);
            case ENUM -> compareEnums(where, released, newer);
            case FIXED -> requireSame(where, "name", released.getFullName(), newer.getFullName());
            case ARRAY -> compare(where, released.getElementType(), newer.getElementType());
            case MAP -> compare(where, released.getValueType(), newer.getValueType());
            case UNION -> compareUnions(where, released, newer);
            default -> {
                // A plain type is all that it is.
            }
        }
    }

    private void compareRecords(String where, Schema released, Schema newer) {
        requireSame(where, "name", released.getFullName(), newer.getFullName());
        if (!compared.add(released.getFullName())) {
            return;
        }
        for (Field field : released.getFields()) {
            String place = released.getName() + "." + field.name();
            Field same = newer.getField(field.name());
            if (same != null) {
                requireSame(place, "default", shown(field), shown(same));
                compare(place, field.schema(), same.schema());
            }
        }
    }

    private void compareEnums(String where, Schema released, Schema newer) {
        requireSame(where, "name", released.getFullName(), newer.getFullName());
        requireSame(where, "default", released.getEnumDefault(), newer.getEnumDefault());
        released.getEnumSymbols().stream()
                .filter(symbol -> !newer.hasEnumSymbol(symbol))
                .forEach(symbol -> violations.add("%s: symbol %s is gone".formatted(where, symbol)));
    }

    private void compareUnions(String where, Schema released, Schema newer) {
        for (Schema branch : released.getTypes()) {
            Integer index = newer.getIndexNamed(branch.getFullName());
            if (index == null) {
                violations.add("%s: branch %s is gone".formatted(where, branch.getFullName()));
            } else {
                compare(where, branch, newer.getTypes().get(index));
            }
        }
    }

    private static String shown(Field field) {
        return field.hasDefaultValue() ? String.valueOf(field.defaultVal()) : "none";
    }

    private void requireSame(String where, String what, Object released, Object newer) {
        if (!Objects.equals(released, newer)) {
            changed(where, what, released, newer);
        }
    }

    private void changed(String where, String what, Object released, Object newer) {
        violations.add("%s: %s was %s and is %s".formatted(where, what, released, newer));
    }

    /** What Avro, and so a registry, says by itself. */
    static boolean isCompatibleToAvro(Schema released, Schema newer) {
        return isReadable(newer, released) && isReadable(released, newer);
    }

    private static boolean isReadable(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }
}
