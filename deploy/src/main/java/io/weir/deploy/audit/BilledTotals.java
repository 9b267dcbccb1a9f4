package io.weir.deploy.audit;

import io.weir.usage.MeterTotal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * What the latest lines were computed from, over all accounts and retentions, against what was metered: no sum is billed that was
 * not metered (rules.md §6). Windows without a binding are metered and not billed, so it may be less.
 */
final class BilledTotals {

    private record DayMeter(String workspaceId, LocalDate day, String resource, String meter) {}

    private final ControlFacts facts;
    private final Map<DayMeter, Map<String, BigInteger>> billed = new HashMap<>();
    private final Map<DayMeter, BigInteger> metered = new HashMap<>();

    BilledTotals(ControlFacts facts) {
        this.facts = facts;
    }

    /** The total of a meter that the latest line of this key was computed from; peaks do not add up and are passed over. */
    void add(LineKey key, MeterTotal total) {
        if (Boolean.FALSE.equals(facts.isPeak(total.getMeter()))) {
            billed.computeIfAbsent(
                            new DayMeter(key.workspaceId(), key.day(), key.resource(), total.getMeter()),
                            any -> new HashMap<>())
                    .merge(key.item(), new BigInteger(total.getTotal()), BigInteger::add);
        }
    }

    /** What was metered in one window; kept where something of its day was billed. */
    void addMetered(WindowKey window, WindowTotal total) {
        LocalHours hours = facts.hoursOf(window.workspaceId());
        if (hours != null) {
            LocalDate day = hours.dayOf(window.startMillis());
            total.byMeter().forEach((meter, quantity) -> {
                DayMeter key = new DayMeter(window.workspaceId(), day, window.resource(), meter);
                if (billed.containsKey(key)) {
                    metered.merge(key, quantity, BigInteger::add);
                }
            });
        }
    }

    /**
     * Says where more was billed than metered.
     *
     * @param meteredFromTheFirst whether {@code metered-usage} still has its first record; else days without any are passed over
     */
    void compare(boolean meteredFromTheFirst, OpenDays openDays, Check check) {
        long compared = 0;
        for (Map.Entry<DayMeter, Map<String, BigInteger>> entry : billed.entrySet()) {
            DayMeter key = entry.getKey();
            BigInteger most = metered.getOrDefault(key, BigInteger.ZERO);
            boolean forgotten = !meteredFromTheFirst && !metered.containsKey(key);
            if (!forgotten && !openDays.holds(key.workspaceId(), key.day())) {
                compared++;
                entry.getValue().forEach((item, total) -> require(key, item, total, most, check));
            }
        }
        check.remark(
                "%,d of %,d daily totals of meters that lines name are compared with what was metered",
                compared, billed.size());
    }

    private static void require(DayMeter key, String item, BigInteger total, BigInteger most, Check check) {
        if (total.compareTo(most) > 0) {
            check.violation(
                    "workspace %s, day %s%s: the lines of item %s name %s %s, but only %s were metered",
                    key.workspaceId(),
                    key.day(),
                    key.resource().isEmpty() ? "" : ", resource " + key.resource(),
                    item,
                    total,
                    key.meter(),
                    most);
        }
    }
}
