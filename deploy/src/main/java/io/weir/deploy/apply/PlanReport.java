package io.weir.deploy.apply;

import io.weir.billing.AccountChange;
import io.weir.billing.BindingChange;
import io.weir.billing.CatalogueChange;
import io.weir.billing.ControlRecord;
import io.weir.billing.PriceBookChange;
import io.weir.billing.RetentionChange;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import io.weir.deploy.scenario.ControlEntry;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The plan for a person: what is new, from when it counts, and which closed days it may correct. */
final class PlanReport {

    private static final int SHOWN = 20;
    /** The windows of a day are kept so long (rules.md §2). */
    private static final long KEPT_DAYS = 35;

    private final PrintWriter out;

    PlanReport(PrintWriter out) {
        this.out = out;
    }

    /**
     * Prints the plan.
     *
     * @param issuedBefore the lines of days that ended before it are issued; empty while nothing is metered
     */
    void print(Plan plan, Optional<Instant> issuedBefore) {
        out.printf(
                "%,d of %,d records in the files are new; %s ends at offset %,d%n",
                plan.news().size(),
                plan.inFiles(),
                plan.recorded().topic(),
                plan.recorded().end());
        if (plan.recorded().refused() > 0) {
            out.printf(
                    "%,d records there are refused by the metering stream; its log says which%n",
                    plan.recorded().refused());
        }
        Map<String, List<ControlEntry>> byKind = plan.news().stream()
                .collect(Collectors.groupingBy(
                        entry -> Subject.of(entry.change().record()).kind(), LinkedHashMap::new, Collectors.toList()));
        byKind.forEach(this::printKind);
        issuedBefore.ifPresent(end -> printClosedDays(plan, end));
    }

    private void printKind(String kind, List<ControlEntry> entries) {
        for (ControlEntry entry : entries.subList(0, Math.min(SHOWN, entries.size()))) {
            ControlRecord record = entry.change().record();
            out.printf("  %-11s %-34s %s%n", kind, Subject.of(record).id(), inWords(record.getChange()));
        }
        if (entries.size() > SHOWN) {
            out.printf("  %-11s and %,d more%n", kind, entries.size() - SHOWN);
        }
    }

    private static String inWords(Object change) {
        if (change instanceof SiteChange site) {
            return "%s, %s, %s".formatted(site.getZone(), site.getGroup(), site.getCloud());
        } else if (change instanceof WorkspaceChange workspace) {
            return "on site " + workspace.getSite();
        } else if (change instanceof RetentionChange setting) {
            return "%,d days from %s".formatted(setting.getDays(), from(setting.getEffectiveFrom()));
        } else if (change instanceof AccountChange account) {
            return "%s, %s".formatted(account.getUserName(), account.getCurrency());
        } else if (change instanceof BindingChange binding) {
            String payer = binding.getAccountId() == null ? "nobody" : binding.getAccountId();
            return "%s pays from %s".formatted(payer, from(binding.getEffectiveFrom()));
        } else if (change instanceof CatalogueChange catalogue) {
            return "version %s: %,d meters, %,d items"
                    .formatted(
                            catalogue.getVersion(),
                            catalogue.getMeters().size(),
                            catalogue.getItems().size());
        }
        PriceBookChange book = (PriceBookChange) change;
        return "version %s: %,d prices, in place of all before"
                .formatted(book.getVersion(), book.getEntries().size());
    }

    /** What is dated inside a window counts from the next one (rules.md §2). */
    private static String from(Instant date) {
        boolean inside = !date.equals(date.truncatedTo(ChronoUnit.HOURS));
        return date + (inside ? ", that is from its site's next full hour on" : "");
    }

    private void printClosedDays(Plan plan, Instant issuedBefore) {
        LocalDate open = LocalDate.ofInstant(issuedBefore, ZoneOffset.UTC);
        SortedMap<String, LocalDate> early = plan.touches().before(open);
        if (early.isEmpty()) {
            out.printf("No day that is billed changes: lines are issued up to %s.%n", issuedBefore);
            return;
        }
        out.printf("Billed days may be corrected: lines are issued up to %s.%n", issuedBefore);
        early.entrySet().stream()
                .limit(SHOWN)
                .forEach(from -> out.printf(
                        "  %-34s %s%n",
                        from.getKey().isEmpty() ? "every workspace" : from.getKey(), days(from.getValue(), open)));
        if (early.size() > SHOWN) {
            out.printf("  and %,d workspaces more%n", early.size() - SHOWN);
        }
    }

    private static String days(LocalDate from, LocalDate open) {
        long days = from.equals(LocalDate.MIN) ? Long.MAX_VALUE : ChronoUnit.DAYS.between(from, open);
        return days > KEPT_DAYS
                ? "the %d days that are kept; what is older is not corrected".formatted(KEPT_DAYS)
                : "%d days at most, from %s on".formatted(days, from);
    }
}
