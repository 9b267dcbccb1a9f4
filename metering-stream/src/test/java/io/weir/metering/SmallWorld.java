package io.weir.metering;

import io.weir.billing.AccountChange;
import io.weir.billing.Aggregation;
import io.weir.billing.BillLine;
import io.weir.billing.BindingChange;
import io.weir.billing.CatalogueChange;
import io.weir.billing.FormulaTerm;
import io.weir.billing.ItemDefinition;
import io.weir.billing.MeterDefinition;
import io.weir.billing.PriceBookChange;
import io.weir.billing.PriceEntry;
import io.weir.billing.PriceGroup;
import io.weir.billing.RetentionChange;
import io.weir.billing.SiteChange;
import io.weir.billing.UnitModel;
import io.weir.billing.WorkspaceChange;
import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The line in memory with a site in UTC, workspaces {@code wksp_1} and {@code wksp_2}, account {@code acct_1} that pays for
 * the first, and one item {@code log} of 1000 records a unit, kept for 14 days unless set otherwise; and the verbs of what
 * happens there.
 */
final class SmallWorld implements AutoCloseable {

    static final String WORKSPACE = "wksp_1";
    static final String ACCOUNT = "acct_1";
    static final LocalDate DAY = LocalDate.parse("2026-03-02");
    static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
    static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");
    static final Instant CLOSE = Instant.parse("2026-03-03T01:00:00Z");
    static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    static final LocalDate LONG_AGO_DAY = LocalDate.parse("2026-01-01");

    final MeteringDriver line;
    private final Map<String, PriceEntry> prices = new TreeMap<>();
    private int bookVersion;
    private long bindingSeq;
    private long sequence;

    SmallWorld(Path state) {
        line = new MeteringDriver(state);
        divideLogsBy(1, null);
        line.record(new SiteChange("utc", "UTC", PriceGroup.CN, "ALIYUN"));
        line.record(new WorkspaceChange(WORKSPACE, "utc"));
        line.record(new WorkspaceChange("wksp_2", "utc"));
        account(ACCOUNT);
        bind(ACCOUNT, LONG_AGO);
    }

    /** The catalogue from this day on: quantity of logs = records divided by this. */
    void divideLogsBy(long divisor, @Nullable LocalDate from) {
        line.record(new CatalogueChange(
                "1",
                from,
                List.of(new MeterDefinition("log_records", Aggregation.SUM, 1_000_000_000_000L)),
                List.of(new ItemDefinition(
                        "log", "logs", List.of(new FormulaTerm(List.of("log_records"), divisor)), "1000", 14))));
    }

    void account(String accountId) {
        line.record(new AccountChange(accountId, "user of " + accountId, "CNY"));
    }

    /** Another workspace for which the account pays. */
    void join(String workspaceId) {
        line.record(new WorkspaceChange(workspaceId, "utc"));
        line.record(new BindingChange(workspaceId, ACCOUNT, LONG_AGO, 0L));
    }

    /** From then on the account pays for the workspace; null ends that. */
    void bind(@Nullable String accountId, Instant from) {
        line.record(new BindingChange(WORKSPACE, accountId, from, bindingSeq++));
    }

    void retain(int days, Instant from) {
        line.record(new RetentionChange(WORKSPACE, "logs", "", days, from));
    }

    /** 1000 log records kept for so many days cost this from then on. */
    void price(int retentionDays, String unitPrice, LocalDate from) {
        price("CNY", retentionDays, new UnitModel(unitPrice), from);
    }

    /** Log records kept for so many days cost by this model from then on. */
    void price(String currency, int retentionDays, Object model, LocalDate from) {
        prices.put(
                currency + " " + retentionDays + " from " + from,
                new PriceEntry(currency, PriceGroup.CN, "log", retentionDays, from, model));
        recordPrices();
    }

    /** All prices are taken back. */
    void withdrawPrices() {
        prices.clear();
        recordPrices();
    }

    private void recordPrices() {
        line.record(new PriceBookChange("book-" + ++bookVersion, List.copyOf(prices.values())));
    }

    /** Log records that arrive when they occur. */
    void use(long records, Instant at) {
        use(records, at, at);
    }

    /** Log records that arrive later than they occur. */
    void use(long records, Instant occurredAt, Instant ingest) {
        use(WORKSPACE, records, occurredAt, ingest);
    }

    void use(String workspaceId, long records, Instant occurredAt, Instant ingest) {
        line.arrive(
                ingest,
                new UsageEvent(
                        workspaceId,
                        "source",
                        sequence++,
                        "id",
                        occurredAt,
                        "",
                        List.of(new Reading("log_records", records))));
    }

    /** What a line says, in words. */
    static String said(BillLine line) {
        return "%s %s %s %s revision %s: %s for %s, net %s for %s"
                .formatted(
                        line.getKind(),
                        line.getDay(),
                        line.getAccountId(),
                        line.getRetentionDays(),
                        line.getRevision(),
                        line.getQuantity(),
                        line.getAmount(),
                        line.getNetQuantity(),
                        line.getNetAmount());
    }

    /** The lines issued since this was last asked, in words. */
    List<String> lines() {
        return line.lines().stream().map(SmallWorld::said).toList();
    }

    @Override
    public void close() {
        line.close();
    }
}
