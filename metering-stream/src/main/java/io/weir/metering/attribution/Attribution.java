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
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
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
        List<Window> windows = hours.ofDay(day);
        NavigableSet<Long> starts = stretches(windows);
        SortedMap<Long, Binding> payers = payers(windows, starts);
        SortedMap<String, SortedMap<Long, Map<String, MeterSum>>> byResource = new TreeMap<>();
        for (WindowTotals window : totals) {
            long stretch = Objects.requireNonNull(starts.floor(window.window().startMillis()));
            if (payers.containsKey(stretch)) {
                Map<String, MeterSum> sums = byResource
                        .computeIfAbsent(window.resource(), any -> new TreeMap<>())
                        .computeIfAbsent(stretch, any -> new TreeMap<>());
                window.meters().forEach(sum -> sums.merge(sum.meter(), sum, MeterSum::plus));
            }
        }
        List<Charge> charges = new ArrayList<>();
        byResource.forEach(
                (resource, used) -> items.forEach(item -> charges.addAll(charges(item, resource, used, payers))));
        return charges;
    }

    /** Where a binding or a setting takes effect between the first and the last of these windows, and the first start. */
    private NavigableSet<Long> stretches(List<Window> windows) {
        long first = windows.get(0).startMillis();
        long last = windows.get(windows.size() - 1).startMillis();
        NavigableSet<Long> starts = LongStream.concat(
                        bindings.stream().mapToLong(Binding::effectiveFromMillis),
                        retentions.stream().mapToLong(RetentionSetting::effectiveFromMillis))
                .filter(from -> first < from && from <= last)
                .map(hours::firstStartFrom)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
        starts.add(first);
        return starts;
    }

    /** Who pays, by the start of each stretch of the windows for which somebody does, in order. */
    private SortedMap<Long, Binding> payers(List<Window> windows, NavigableSet<Long> stretches) {
        SortedMap<Long, Binding> payers = new TreeMap<>();
        windows.stream()
                .map(window -> stretches.floor(window.startMillis()))
                .distinct()
                .forEach(start -> payerAt(start).ifPresent(binding -> payers.put(start, binding)));
        return payers;
    }

    private Optional<Binding> payerAt(long startMillis) {
        return new AsOf(hours)
                .latest(bindings, Binding::effectiveFromMillis, Binding::seq, startMillis)
                .filter(binding -> binding.accountId() != null);
    }

    private List<Charge> charges(
            Item item, String resource, SortedMap<Long, Map<String, MeterSum>> used, SortedMap<Long, Binding> payers) {
        Set<String> meters = item.meters();
        Map<Group, Share> shares = new LinkedHashMap<>();
        used.forEach((start, all) -> {
            List<MeterSum> sums = all.values().stream()
                    .filter(sum -> meters.contains(sum.meter()))
                    .toList();
            if (!sums.isEmpty()) {
                long chargedAt = item.peak() ? payers.lastKey() : start;
                shares.computeIfAbsent(group(item, resource, chargedAt, payers), group -> new Share())
                        .add(sums, seq(payers, start), seq(payers, chargedAt));
            }
        });
        return shares.entrySet().stream()
                .map(share -> share.getValue().charge(share.getKey(), item, resource))
                .filter(charge -> charge.quantity().signum() != 0)
                .toList();
    }

    private static long seq(SortedMap<Long, Binding> payers, long start) {
        return Objects.requireNonNull(payers.get(start)).seq();
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

    /** What a group used of an item. */
    private static final class Share {

        private final Map<String, MeterSum> meters = new TreeMap<>();
        private final SortedSet<Long> bindingSeqs = new TreeSet<>();

        void add(List<MeterSum> sums, long seqOfWindows, long seqOfCharged) {
            sums.forEach(sum -> meters.merge(sum.meter(), sum, MeterSum::plus));
            bindingSeqs.add(seqOfWindows);
            bindingSeqs.add(seqOfCharged);
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
