package io.weir.deploy.bill;

import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Of which billing days: options of the command. */
final class Days {

    @Option(names = "--day", paramLabel = "DAY", description = "Of this billing day, such as 2026-03-01.")
    private @Nullable LocalDate day;

    @Option(
            names = "--month",
            paramLabel = "MONTH",
            description = "Of the billing days of this month, such as 2026-03.")
    private @Nullable YearMonth month;

    /** For picocli. */
    Days() {}

    boolean isOne() {
        return day != null;
    }

    boolean areAll() {
        return day == null && month == null;
    }

    /** The first of the days; null if it is the first there is. */
    @Nullable
    LocalDate first() {
        return month == null ? day : month.atDay(1);
    }

    /** The last of the days; null if it is the last there is. */
    @Nullable
    LocalDate last() {
        return month == null ? day : month.atEndOfMonth();
    }
}
