package io.weir.metering;

import io.weir.billing.LineKind;
import io.weir.metering.intake.OutcomeCounts;
import io.weir.metering.intake.PartitionState;
import io.weir.metering.window.Agenda;
import io.weir.metering.window.Agenda.Kind;
import io.weir.metering.window.DueInstants;
import java.math.BigInteger;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the tasks of this instance last reported of their partitions, once per commit, for whoever watches.
 *
 * @param records of what was read
 * @param days of what is open, due and held
 * @param lines of what was issued
 */
record PartitionReports(Latest<Records> records, Latest<Days> days, Latest<Lines> lines) {

    PartitionReports() {
        this(new Latest<>(), new Latest<>(), new Latest<>());
    }

    /**
     * The records of one partition.
     *
     * @param clockMillis the partition's clock, milliseconds UTC; empty if nothing was read yet
     * @param counts how many records had which outcome
     * @param missing how many numbers of its sources are missing, as last reported
     */
    record Records(OptionalLong clockMillis, OutcomeCounts counts, BigInteger missing) {

        static Records of(PartitionState state, BigInteger missing) {
            long clock = state.clockMillis();
            return new Records(
                    clock == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(clock), state.counts(), missing);
        }
    }

    /**
     * The days of one partition.
     *
     * @param open days of workspaces that are not closed yet
     * @param oldestOpenEndMillis the end of the oldest of them, milliseconds UTC
     * @param due closes and corrections that are due
     * @param oldestDueMillis when the oldest of them fell due, milliseconds UTC
     * @param held days of workspaces of which a part waits for a price or an account
     * @param changesTooLate changes of the control log, since this task started, that date back to days no longer kept
     */
    record Days(
            long open,
            OptionalLong oldestOpenEndMillis,
            long due,
            OptionalLong oldestDueMillis,
            long held,
            long changesTooLate) {

        static Days of(Agenda agenda, Duration grace, long clockMillis, long changesTooLate) {
            DueInstants closes = agenda.instants(Kind.CLOSE);
            DueInstants corrections = agenda.instants(Kind.CORRECT);
            OptionalLong oldestDue = Stream.of(closes.first(), corrections.first())
                    .flatMapToLong(OptionalLong::stream)
                    .filter(instant -> instant <= clockMillis)
                    .min();
            return new Days(
                    closes.count(),
                    closes.first().stream()
                            .map(close -> close - grace.toMillis())
                            .findAny(),
                    closes.countUpTo(clockMillis) + corrections.countUpTo(clockMillis),
                    oldestDue,
                    agenda.heldDays(),
                    changesTooLate);
        }
    }

    /**
     * The lines issued for one partition since its task started.
     *
     * @param first at the close of a day
     * @param corrections later
     */
    record Lines(long first, long corrections) {

        static final Lines NONE = new Lines(0, 0);

        /** With one more of this kind. */
        Lines and(LineKind kind) {
            return switch (kind) {
                case CLOSE -> new Lines(first + 1, corrections);
                case CORRECTION -> new Lines(first, corrections + 1);
            };
        }
    }
}
