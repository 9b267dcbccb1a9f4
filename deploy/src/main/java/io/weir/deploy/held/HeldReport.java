package io.weir.deploy.held;

import static io.weir.feecenter.ledger.HoldReason.ACCOUNT_STOPPED;

import io.weir.billing.BillLine;
import io.weir.billing.HeldLine;
import io.weir.billing.HoldReason;
import io.weir.feecenter.ledger.HeldBackLine;
import io.weir.feecenter.ledger.StoppedAccount;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is held for a person: charges by what they wait for, lines by account, each with its age and what to do. */
final class HeldReport {

    private final PrintWriter out;
    private final Instant now;

    HeldReport(PrintWriter out, Instant now) {
        this.out = out;
        this.now = now;
    }

    /** Prints everything that waits, and the number of lines that were written off. */
    void print(HeldLines lines) {
        printCharges(lines.charges());
        out.println();
        printHeldBack(lines);
    }

    private void printCharges(List<HeldCharge> charges) {
        out.printf(
                "Held by the metering stream: %,d charges; each is billed by itself once this is done%n",
                charges.size());
        Map<String, List<HeldCharge>> byWant =
                charges.stream().collect(Collectors.groupingBy(HeldReport::want, TreeMap::new, Collectors.toList()));
        byWant.forEach(this::printWant);
    }

    /** What would release a charge: all charges that wait for the same are told together. */
    private static String want(HeldCharge charge) {
        HeldLine line = charge.line();
        return line.getReason() == HoldReason.UNKNOWN_ACCOUNT
                ? "UNKNOWN_ACCOUNT  publish the account " + line.getAccountId()
                : "NO_PRICE  publish a price in %s for %s%s"
                        .formatted(line.getCurrency(), line.getItem(), retention(line.getRetentionDays()));
    }

    private static String retention(@Nullable Integer days) {
        return days == null ? "" : ", retention %d days".formatted(days);
    }

    private void printWant(String want, List<HeldCharge> charges) {
        List<LocalDate> days =
                charges.stream().map(charge -> charge.line().getDay()).sorted().toList();
        Instant oldest = charges.stream()
                .map(HeldCharge::since)
                .min(Comparator.naturalOrder())
                .orElse(now);
        out.println("  " + want);
        out.printf(
                "      %,d charges, days %s to %s, held for %s%n",
                charges.size(), days.get(0), days.get(days.size() - 1), age(oldest));
        for (String workspace : charges.stream()
                .map(charge ->
                        charge.line().getWorkspaceId() + " of " + charge.line().getAccountId())
                .distinct()
                .sorted()
                .toList()) {
            out.println("      " + workspace);
        }
    }

    private void printHeldBack(HeldLines lines) {
        List<HeldBackLine> waiting =
                lines.heldBack().stream().filter(held -> !held.writtenOff()).toList();
        out.printf(
                "Held back by the ledger: %,d lines, %,d accounts stopped; written off: %,d lines%n",
                waiting.size(), lines.stopped().size(), lines.heldBack().size() - waiting.size());
        for (StoppedAccount account : lines.stopped()) {
            printAccount(
                    account,
                    waiting.stream()
                            .filter(held -> account.accountId().equals(held.accountId()))
                            .toList());
        }
        waiting.stream().filter(held -> held.accountId() == null).forEach(this::printLine);
    }

    private void printAccount(StoppedAccount account, List<HeldBackLine> lines) {
        out.printf("  %s  stopped for %s%n", account.accountId(), age(account.stoppedAt()));
        List<HeldBackLine> wrong =
                lines.stream().filter(held -> held.reason() != ACCOUNT_STOPPED).toList();
        wrong.forEach(this::printLine);
        if (wrong.size() < lines.size()) {
            out.printf("    and %,d lines that wait behind%n", lines.size() - wrong.size());
        }
        out.println("    When it is clear what happened: weir held write-off --line, then weir held release");
    }

    private void printLine(HeldBackLine held) {
        out.printf("    %d:%d  %s  held for %s%n", held.partition(), held.offset(), held.reason(), age(held.heldAt()));
        BillLine line = held.line();
        if (line != null) {
            out.printf(
                    "        %s %s %s revision %d: %s %s%n",
                    line.getDay(),
                    line.getWorkspaceId(),
                    line.getItem(),
                    line.getRevision(),
                    line.getCurrency(),
                    line.getAmount());
        }
        out.println("        " + held.detail());
    }

    /** The two largest units say enough. */
    private String age(Instant since) {
        Duration age = Duration.between(since, now);
        if (age.toDays() > 0) {
            return "%d d %d h".formatted(age.toDays(), age.toHoursPart());
        }
        return age.toHours() > 0
                ? "%d h %d min".formatted(age.toHours(), age.toMinutesPart())
                : "%d min".formatted(Math.max(0, age.toMinutes()));
    }
}
