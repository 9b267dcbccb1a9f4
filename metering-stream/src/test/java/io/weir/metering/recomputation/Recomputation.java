package io.weir.metering.recomputation;

import io.weir.metering.recomputation.Scenario.Event;
import io.weir.metering.recomputation.Scenario.Recorded;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a scenario must come to, computed as rules.md says it and without regard to speed: the whole usage is judged and the whole bill
 * is rated at once, from what is known in the end. So there are no days to close, no corrections and no grace: they change
 * when a line is issued and never what all lines of a day add up to.
 *
 * @param outcomes what became of each record of the usage, in its order
 * @param bill the rows of bill.csv, without its header
 * @param unpriced the rows of unpriced.csv, without its header
 */
public record Recomputation(List<Outcome> outcomes, SortedSet<String> bill, SortedSet<String> unpriced) {

    private static final String BILL_HEADER =
            "day,account_id,workspace_id,resource,item,retention_days,quantity,amount,currency";
    private static final String UNPRICED_HEADER =
            "day,account_id,workspace_id,resource,item,retention_days,quantity,currency";
    private static final String OUTCOMES_HEADER = "outcome,reason,count";

    /**
     * Recomputes a scenario whose control records all precede its usage.
     *
     * @param partitions number of partitions of the usage topic, each with a clock of its own
     */
    public static Recomputation of(Scenario scenario, int partitions) {
        Judge judge = new Judge(scenario, partitions);
        List<Outcome> outcomes = new ArrayList<>();
        List<Event> accepted = new ArrayList<>();
        for (Recorded recorded : scenario.usage()) {
            Outcome outcome = judge.judge(recorded);
            outcomes.add(outcome);
            if (outcome.equals(Outcome.ACCEPTED)) {
                accepted.add(Objects.requireNonNull(recorded.value()));
            }
        }
        Bill bill = new Bill(scenario, accepted);
        return new Recomputation(outcomes, bill.billed(), bill.held());
    }

    /** The file bill.csv (rules.md §9). */
    public String billCsv() {
        return csv(BILL_HEADER, bill);
    }

    /** The file unpriced.csv: bill.csv without the amount. */
    public String unpricedCsv() {
        return csv(UNPRICED_HEADER, unpriced);
    }

    /** The file outcomes.csv (rules.md §9). */
    public String outcomesCsv() {
        List<String> rows = new ArrayList<>();
        counts().forEach((outcome, count) -> rows.add(outcome + "," + count));
        return csv(OUTCOMES_HEADER, rows);
    }

    private Map<String, Long> counts() {
        Function<Outcome, String> columns = outcome -> outcome.name() + "," + outcome.reason();
        return outcomes.stream().collect(Collectors.groupingBy(columns, TreeMap::new, Collectors.counting()));
    }

    private static String csv(String header, Collection<String> rows) {
        return header + "\n" + rows.stream().map(row -> row + "\n").collect(Collectors.joining());
    }
}
