package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Settles lines of one account one after the other, within the transaction that holds its wallet. */
final class DaySettlement {

    private final Handle handle;
    private final OpenWallet wallet;
    private final Instant now;
    private final OpenLines open;
    private BigDecimal spendOfMonth;

    DaySettlement(Handle handle, OpenWallet wallet, Instant now, BigDecimal spendOfMonth) {
        this.handle = handle;
        this.wallet = wallet;
        this.now = now;
        this.open = new OpenLines(handle);
        this.spendOfMonth = spendOfMonth;
    }

    void settle(List<OpenLine> lines) {
        lines.forEach(this::settle);
    }

    private void settle(OpenLine line) {
        Payer payer = open.payer(line);
        List<Share> shares = shares(line, payer);
        Long movement = shares.isEmpty() ? null : move(line, shares);
        write(line, payer, movement);
        spendOfMonth = spendOfMonth.add(line.amount());
    }

    private List<Share> shares(OpenLine line, Payer payer) {
        Charge charge = new Charge(line.item(), line.amount(), line.dayEnd(), spendOfMonth);
        List<Purse> purses = purses(payer);
        return line.amount().signum() < 0
                ? Refund.of(charge, purses, open.paidBefore(line))
                : Deduction.of(charge, purses);
    }

    private List<Purse> purses(Payer payer) {
        Long cloud = payer.cloudAccountId();
        return cloud == null
                ? wallet.purses()
                : Stream.concat(
                                wallet.purses().stream()
                                        .filter(purse -> purse.kind().compareTo(PurseKind.CASH) < 0),
                                Stream.of(wallet.ofCloudAccount(cloud)))
                        .toList();
    }

    private long move(OpenLine line, List<Share> shares) {
        OptionalLong movement = wallet.movements().settle(line.lineId(), shares);
        return movement.orElseThrow(() ->
                new IllegalStateException("line %s has a movement but is not settled: the tables contradict each other"
                        .formatted(line.lineId())));
    }

    private void write(OpenLine line, Payer payer, @Nullable Long movement) {
        handle.createUpdate("""
                        INSERT INTO settled_line (line_id, method, cloud_account_id, movement_id, settled_at)
                        VALUES (:line, :method, :cloud, :movement, :now)
                        """)
                .bind("line", line.lineId())
                .bind("method", payer.method().name())
                .bind("cloud", payer.cloudAccountId())
                .bind("movement", movement)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
    }
}
