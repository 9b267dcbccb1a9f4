package io.weir.metering.recomputation;

import io.weir.metering.recomputation.DayUsage.Group;
import io.weir.metering.recomputation.LocalHours.Window;
import io.weir.metering.recomputation.Scenario.Account;
import io.weir.metering.recomputation.Scenario.Event;
import io.weir.metering.recomputation.Scenario.Item;
import io.weir.metering.recomputation.Scenario.Meter;
import io.weir.metering.recomputation.Scenario.Site;
import io.weir.metering.recomputation.Scenario.Workspace;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What everything accepted costs, and what is held for want of a price or an account: the net of all lines (rules.md §7). */
final class Bill {

    private final Scenario scenario;
    private final Map<String, Site> sites;
    private final Map<String, Workspace> workspaces;
    private final Map<String, Account> accounts;
    private final Map<String, Meter> meters;
    private final Prices prices;
    private final SortedSet<String> billed = new TreeSet<>();
    private final SortedSet<String> held = new TreeSet<>();

    private record Part(String workspaceId, LocalDate day, String resource) {}

    Bill(Scenario scenario, List<Event> accepted) {
        this.scenario = scenario;
        this.sites = byId(scenario.sites(), Site::site);
        this.workspaces = byId(scenario.workspaces(), Workspace::workspaceId);
        this.accounts = byId(scenario.accounts(), Account::accountId);
        this.meters = byId(scenario.catalogue().meters(), Meter::meter);
        this.prices = Prices.of(scenario.priceBook());
        accepted.stream().collect(Collectors.groupingBy(this::part)).forEach(this::charge);
    }

    /** The rows of bill.csv, sorted: the comma sorts before every character of the columns. */
    SortedSet<String> billed() {
        return billed;
    }

    /** The rows of unpriced.csv, sorted; a line held for an unknown account has no currency. */
    SortedSet<String> held() {
        return held;
    }

    /** What never changes stays as it was first recorded. */
    private static <T> Map<String, T> byId(List<T> facts, Function<T, String> id) {
        return facts.stream().collect(Collectors.toMap(id, fact -> fact, (first, contradiction) -> first));
    }

    private Part part(Event event) {
        LocalDate day = hours(event.workspaceId()).at(event.occurredAt()).day();
        return new Part(event.workspaceId(), day, event.resource());
    }

    private void charge(Part part, List<Event> events) {
        List<Window> windows = hours(part.workspaceId()).of(part.day());
        DayUsage usage = new DayUsage(part.resource(), events, windows, terms(part.workspaceId()), meters);
        for (Item item : scenario.catalogue().items()) {
            usage.quantities(item).forEach((group, quantity) -> charge(part, item, group, quantity));
        }
    }

    private void charge(Part part, Item item, Group group, BigDecimal quantity) {
        Optional<String> currency =
                Optional.ofNullable(accounts.get(group.accountId())).map(Account::currency);
        Optional<BigDecimal> amount = currency.flatMap(
                known -> prices.amount(known, site(part.workspaceId()).group(), item, group, part.day(), quantity));
        String columns = String.join(
                ",",
                part.day().toString(),
                group.accountId(),
                part.workspaceId(),
                part.resource(),
                item.item(),
                group.retentionDays() == null ? "" : group.retentionDays().toString(),
                quantity.stripTrailingZeros().toPlainString());
        amount.ifPresentOrElse(
                money -> billed.add(columns + "," + money.toPlainString() + "," + currency.orElseThrow()),
                () -> held.add(columns + "," + currency.orElse("")));
    }

    private Terms terms(String workspaceId) {
        return new Terms(
                hours(workspaceId),
                scenario.bindings().stream()
                        .filter(binding -> binding.workspaceId().equals(workspaceId))
                        .toList(),
                Objects.requireNonNull(workspaces.get(workspaceId)).retention());
    }

    private LocalHours hours(String workspaceId) {
        return LocalHours.of(site(workspaceId).zone());
    }

    private Site site(String workspaceId) {
        Workspace workspace = Objects.requireNonNull(workspaces.get(workspaceId), workspaceId);
        return Objects.requireNonNull(sites.get(workspace.site()), workspace.site());
    }
}
