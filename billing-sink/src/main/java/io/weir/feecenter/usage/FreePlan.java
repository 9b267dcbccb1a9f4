package io.weir.feecenter.usage;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much a workspace on the Free plan may use in a day, which begins at 00:00 of its site (fee-center-rules.md §2). It is shown and
 * not enforced. An item counts by one meter: a trace of the Free plan is a trace, however many spans it has.
 */
public final class FreePlan {

    private static final List<Quota> QUOTAS = List.of(
            new Quota("timeseries", "series", 3_000),
            new Quota("log", "log_records", 1_000_000),
            new Quota("apm_trace", "traces", 8_000),
            new Quota("apm_profile", "profiles", 60),
            new Quota("rum_pv", "page_views", 2_000),
            new Quota("session_replay", "replay_sessions", 1_000),
            new Quota("synthetic", "synthetic_runs", 200_000),
            new Quota("trigger", "trigger_calls", 100_000),
            new Quota("forwarding_external", "forwarded_bytes", 0),
            new Quota("forwarding_internal", "archived_bytes", 0),
            new Quota("sms", "sms_messages", 0));

    private FreePlan() {}

    private record Quota(String item, String meter, long limit) {}

    /**
     * What is used of each quota.
     *
     * @param today what the workspace used today so far, as {@link UsageQuery#meters} says
     */
    public static List<QuotaUse> against(List<MeterUse> today) {
        Map<String, BigDecimal> used = today.stream().collect(Collectors.toMap(MeterUse::meter, MeterUse::value));
        return QUOTAS.stream()
                .map(quota -> new QuotaUse(
                        quota.item(),
                        BigDecimal.valueOf(quota.limit()),
                        used.getOrDefault(quota.meter(), BigDecimal.ZERO)))
                .toList();
    }
}
