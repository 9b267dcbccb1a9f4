package io.weir.feecenter.usage;

import io.weir.usage.MeterTotal;
import io.weir.usage.MeteredUsage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The newest total of each hour, resource and meter, for {@link #KEPT}. */
final class HourlyUsage {

    /** Two months and a bit, so that a month can be looked at beside the one before. */
    static final Duration KEPT = Duration.ofDays(62);

    private static final int DELETED_AT_ONCE = 10_000;

    private final Map<Total, BigDecimal> totals = new LinkedHashMap<>();

    /** What a total is of. */
    private record Total(String workspaceId, Instant windowStart, Instant windowEnd, String resource, String meter) {}

    /**
     * Adds totals, which take the place of those added before: one statement may not write a row twice.
     *
     * @throws NumberFormatException if a total is no whole number
     */
    void add(MeteredUsage usage) {
        for (MeterTotal meter : usage.getMeters()) {
            Total total = new Total(
                    usage.getWorkspaceId(),
                    usage.getWindowStart(),
                    usage.getWindowEnd(),
                    usage.getResource(),
                    meter.getMeter());
            totals.put(total, new BigDecimal(new BigInteger(meter.getTotal())));
        }
    }

    /** Writes what was added. */
    void write(Handle handle) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO hourly_usage (workspace_id, window_start, window_end, resource, meter, value)
                VALUES (:workspaceId, :windowStart, :windowEnd, :resource, :meter, :value)
                ON CONFLICT (workspace_id, window_start, meter, resource)
                DO UPDATE SET window_end = EXCLUDED.window_end, value = EXCLUDED.value
                """);
        totals.forEach((total, value) -> batch.bind("workspaceId", total.workspaceId())
                .bind("windowStart", total.windowStart())
                .bind("windowEnd", total.windowEnd())
                .bind("resource", total.resource())
                .bind("meter", total.meter())
                .bind("value", value)
                .add());
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /**
     * Deletes some of what is older than {@link #KEPT}: few enough to be quick.
     *
     * @return how many rows
     */
    static int deleteOld(Handle handle, Instant now) {
        return handle.createUpdate("""
                        DELETE FROM hourly_usage WHERE ctid = ANY (ARRAY(
                            SELECT ctid FROM hourly_usage WHERE window_start < :oldest ORDER BY window_start LIMIT :most))
                        """)
                .bind("oldest", now.minus(KEPT))
                .bind("most", DELETED_AT_ONCE)
                .execute();
    }
}
