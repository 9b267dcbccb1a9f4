package io.weir.metering.attribution;

import io.weir.metering.window.HourWindows;
import io.weir.metering.window.MeterSum;
import io.weir.metering.window.Window;
import io.weir.metering.window.WindowTotals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who pays for which part of a workspace's day, at which retention: as of the start of each window (rules.md §6).
 *
 * @param hours the calendar of the workspace's site
 * @param bindings the workspace's bindings, in order of recording
 * @param retentions its retention settings, in order of recording
 */
public record Attribution(HourWindows hours, List<Binding> bindings, List<RetentionSetting> retentions) {

    /**
     * The charges of a day: one per group of windows with the same account and retention, for each item and resource with
     * usage.
     *
     * @param items the items of the catalogue on that day
     */
    public List<Charge> charges(LocalDate day, Collection<WindowTotals> totals, List<Item> items) {
        SortedMap<Long, Binding> payers = payers(day);
        Map<String, List<BoundUsage>> byResource = totals.stream()
                .filter(each -> payers.containsKey(each.window().startMillis()))
                .collect(Collectors.groupingBy(
                        WindowTotals::resource,
                        TreeMap::new,
                        Collectors.mapping(each -> bound(each, payers), Collectors.toList())));
        List<Charge> charges = new ArrayList<>();
        byResource.forEach(
                (resource, used) -> items.forEach(item -> charges.addAll(charges(item, resource, used, payers))));
        return charges;
    }

    private static BoundUsage bound(WindowTotals totals, SortedMap<Long, Binding> payers) {
        long startMillis = totals.window().startMillis();
        return new BoundUsage(startMillis, Objects.requireNonNull(payers.get(startMillis)), totals.meters());
    }

    /** Who pays, by the start of each bound window of the day, in order. */
    private SortedMap<Long, Binding> payers(LocalDate day) {
        SortedMap<Long, Binding> payers = new TreeMap<>();
        for (Window window : hours.ofDay(day)) {
            payerAt(window.startMillis()).ifPresent(binding -> payers.put(window.startMillis(), binding));
        }
        return payers;
    }

    private Optional<Binding> payerAt(long startMillis) {
        return new AsOf(hours)
                .latest(bindings, Binding::effectiveFromMillis, Binding::seq, startMillis)
                .filter(binding -> binding.accountId() != null);
    }

    private List<Charge> charges(Item item, String resource, List<BoundUsage> used, SortedMap<Long, Binding> payers) {
        Set<String> meters = item.meters();
        Map<Group, Share> shares = new LinkedHashMap<>();
        for (BoundUsage usage : used) {
            List<MeterSum> sums = usage.of(meters);
            if (!sums.isEmpty()) {
                long chargedAt = item.peak() ? payers.lastKey() : usage.startMillis();
                Share share = shares.computeIfAbsent(group(item, resource, chargedAt, payers), group -> new Share());
                share.add(sums, usage.payer());
                share.bindingSeqs.add(
                        Objects.requireNonNull(payers.get(chargedAt)).seq());
            }
        }
        return shares.entrySet().stream()
                .map(share -> share.getValue().charge(share.getKey(), item, resource))
                .filter(charge -> charge.quantity().signum() != 0)
                .toList();
    }

    private Group group(Item item, String resource, long startMillis, SortedMap<Long, Binding> payers) {
        Binding payer = Objects.requireNonNull(payers.get(startMillis));
        return new Group(Objects.requireNonNull(payer.accountId()), retentionDays(item, resource, startMillis));
    }

    /** The retention of the resource if it has a setting of its own, else the workspace's, else the catalogue's. */
    private @Nullable Integer retentionDays(Item item, String resource, long startMillis) {
        return settingAt(item.category(), resource, startMillis)
                .or(() -> settingAt(item.category(), "", startMillis))
                .map(RetentionSetting::days)
                .orElse(item.defaultRetentionDays());
    }

    private Optional<RetentionSetting> settingAt(String category, String resource, long startMillis) {
        List<RetentionSetting> settings = retentions.stream()
                .filter(setting -> !category.isEmpty())
                .filter(setting -> setting.category().equals(category)
                        && setting.resource().equals(resource))
                .toList();
        return new AsOf(hours).latest(settings, RetentionSetting::effectiveFromMillis, setting -> 0, startMillis);
    }

    private record Group(String accountId, @Nullable Integer retentionDays) {}

    /** What a resource used in a window for which somebody pays. */
    private record BoundUsage(long startMillis, Binding payer, List<MeterSum> sums) {

        List<MeterSum> of(Set<String> meters) {
            return sums.stream().filter(sum -> meters.contains(sum.meter())).toList();
        }
    }

    /** What a group used of an item. */
    private static final class Share {

        private final Map<String, MeterSum> meters = new TreeMap<>();
        private final SortedSet<Long> bindingSeqs = new TreeSet<>();

        void add(List<MeterSum> sums, Binding payer) {
            sums.forEach(sum -> meters.merge(sum.meter(), sum, MeterSum::plus));
            bindingSeqs.add(payer.seq());
        }

        Charge charge(Group group, Item item, String resource) {
            BigDecimal quantity = item.quantity(meter -> {
                MeterSum sum = meters.get(meter);
                return sum == null ? BigInteger.ZERO : sum.total();
            });
            return new Charge(
                    group.accountId(),
                    resource,
                    item,
                    group.retentionDays(),
                    quantity,
                    List.copyOf(meters.values()),
                    bindingSeqs);
        }
    }
}
