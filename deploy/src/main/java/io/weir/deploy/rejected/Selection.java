package io.weir.deploy.rejected;

import io.weir.usage.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options that choose among refused records: all that are given must fit. */
final class Selection {

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            split = ",",
            description = "Only those refused for this reason: ${COMPLETION-CANDIDATES}. May be given more than once.")
    private Set<Reason> reasons = EnumSet.noneOf(Reason.class);

    @Option(
            names = "--workspace",
            paramLabel = "ID",
            description = "Only those whose key is this workspace id. May be given more than once.")
    private Set<String> workspaces = new HashSet<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = SinceConverter.class,
            description = "Only those that arrived at this time or later: 2026-03-02 (its midnight in UTC) or"
                    + " 2026-03-02T08:00:00Z.")
    private @Nullable Instant since;

    /** For picocli. */
    Selection() {}

    /** Whether nothing was asked for, so that all fit. */
    boolean isOfAll() {
        return reasons.isEmpty() && workspaces.isEmpty() && since == null;
    }

    boolean fits(Refusal refusal) {
        return (reasons.isEmpty() || reasons.contains(refusal.usage().getReason()))
                && (workspaces.isEmpty() || workspaces.contains(refusal.workspaceId()))
                && (since == null || !refusal.usage().getIngestedAt().isBefore(since));
    }

    /** Reads a day or an instant. */
    static final class SinceConverter implements ITypeConverter<Instant> {

        /** For picocli. */
        SinceConverter() {}

        @Override
        public Instant convert(String text) {
            try {
                return text.contains("T")
                        ? Instant.parse(text)
                        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            } catch (DateTimeParseException other) {
                throw new TypeConversionException(
                        "'" + text + "' is not a time such as 2026-03-02 or 2026-03-02T08:00:00Z");
            }
        }
    }
}
