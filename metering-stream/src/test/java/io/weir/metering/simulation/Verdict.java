package io.weir.metering.simulation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.weir.billing.BillLine;
import io.weir.metering.NetBill;
import io.weir.metering.NetHeld;
import io.weir.metering.recomputation.Recomputation;
import io.weir.metering.recomputation.Scenario;
import io.weir.metering.simulation.Difference.Kind;
import io.weir.wire.Topics;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;

/** What is wrong with a run: it is compared with the recomputation, with itself, and with a run without faults. */
final class Verdict {

    private static final String CORRECTED_TO_NOTHING = "(?m)^.*,0,0\\.00,(CNY|USD)\n";
    private static final Set<String> COMPARED = Set.of(
            Topics.BILL_LINES.name(),
            Topics.HELD_LINES.name(),
            Topics.METERED_USAGE.name(),
            Topics.REJECTED_USAGE.name());

    private final Run run;
    private final List<Difference> differences = new ArrayList<>();

    private Verdict(Run run) {
        this.run = run;
    }

    /** All differences from what the run's own scenario must come to. */
    static List<Difference> of(Run run) {
        return of(run, run.asOnTheLogs());
    }

    /** All differences from what a scenario must come to. */
    static List<Difference> of(Run run, Scenario scenario) {
        Verdict verdict = new Verdict(run);
        run.broker().unconserved.forEach(what -> verdict.differences.add(new Difference(Kind.CONSERVATION, what)));
        verdict.compareWith(Recomputation.of(scenario, run.settings().partitions()));
        verdict.checkRevisions();
        verdict.differences.addAll(ProgressCheck.of(run));
        if (!run.settings().lateTerms()) {
            verdict.compareWith(Simulation.undisturbed(run));
        }
        return verdict.differences;
    }

    private void compareWith(Recomputation expected) {
        List<String> outcomes = expected.outcomes().stream()
                .map(outcome -> (outcome.name() + " " + outcome.reason()).strip())
                .toList();
        check(Kind.OUTCOMES, outcomes, withoutRerouted(run.outcomes()));
        String bill = NetBill.csv(run.lines());
        check(
                Kind.NET_BILL,
                expected.billCsv(),
                run.settings().lateTerms() ? bill.replaceAll(CORRECTED_TO_NOTHING, "") : bill);
        check(Kind.HELD, expected.unpricedCsv(), NetHeld.csv(run.held()));
    }

    /** To the recomputation, what is written to another partition has only moved the clock. */
    private static List<String> withoutRerouted(List<String> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome.equals("REROUTED") ? "HEARTBEAT" : outcome)
                .toList();
    }

    private void check(Kind kind, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            differences.add(new Difference(kind, "expected\n" + expected + "\nbut was\n" + actual));
        }
    }

    private void checkRevisions() {
        Map<List<Object>, List<BillLine>> groups =
                run.lines().stream().collect(groupingBy(Verdict::group, LinkedHashMap::new, toList()));
        groups.values().forEach(this::checkGroup);
    }

    private static List<Object> group(BillLine line) {
        return Arrays.asList(
                line.getDay(),
                line.getAccountId(),
                line.getWorkspaceId(),
                line.getResource(),
                line.getItem(),
                line.getRetentionDays());
    }

    private void checkGroup(List<BillLine> lines) {
        BigDecimal quantity = BigDecimal.ZERO;
        BigDecimal amount = BigDecimal.ZERO;
        Set<String> ids = new HashSet<>();
        for (int revision = 0; revision < lines.size(); revision++) {
            BillLine line = lines.get(revision);
            quantity = quantity.add(new BigDecimal(line.getQuantity()));
            amount = amount.add(new BigDecimal(line.getAmount()));
            if (line.getRevision() != revision
                    || !ids.add(line.getLineId())
                    || new BigDecimal(line.getNetQuantity()).compareTo(quantity) != 0
                    || new BigDecimal(line.getNetAmount()).compareTo(amount) != 0) {
                differences.add(new Difference(Kind.REVISIONS, revision + " of " + lines));
            }
        }
    }

    private void compareWith(Run undisturbed) {
        compareBytes(undisturbed, run, output -> true).ifPresent(differences::add);
    }

    /** The first output that only one of two runs wrote, among those of a kind; every byte counts. */
    static Optional<Difference> compareBytes(Run one, Run other, Predicate<Output> among) {
        List<Bytes> expected = bytes(one, among);
        List<Bytes> actual = bytes(other, among);
        if (expected.equals(actual)) {
            return Optional.empty();
        }
        return Optional.of(new Difference(
                Kind.BYTES,
                "only in one: " + onlyIn(one, actual, among) + "\nonly in the other: "
                        + onlyIn(other, expected, among)));
    }

    private static List<Bytes> bytes(Run run, Predicate<Output> among) {
        return compared(run, among).stream().map(Verdict::bytes).sorted().toList();
    }

    private static List<Output> compared(Run run, Predicate<Output> among) {
        return run.broker().outputs.stream()
                .filter(output -> COMPARED.contains(output.topic()) && among.test(output))
                .toList();
    }

    private static Bytes bytes(Output output) {
        return Bytes.wrap(Objects.requireNonNull(Arrival.RECORDS.serialize(output.topic(), output.value())));
    }

    private static List<Output> onlyIn(Run run, List<Bytes> others, Predicate<Output> among) {
        List<Bytes> left = new ArrayList<>(others);
        return compared(run, among).stream()
                .filter(output -> !left.remove(bytes(output)))
                .limit(3)
                .toList();
    }
}
