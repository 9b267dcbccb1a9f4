package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Settles lines of one account one after the other, within the transaction that holds its wallet. What follows from each is worked out on the
 * purses as the wallet has read them, and written for many lines at once.
 */
final class DaySettlement {

    private final Handle handle;
    private final OpenWallet wallet;
    private final Instant now;
    private final OpenLines open;
    private final Map<String, Payer> payerByWorkspace = new HashMap<>();
    private final List<PaidLine> unwritten = new ArrayList<>();
    private BigDecimal spendOfMonth;

    DaySettlement(Handle handle, OpenWallet wallet, Instant now, BigDecimal spendOfMonth) {
        this.handle = handle;
        this.wallet = wallet;
        this.now = now;
        this.open = new OpenLines(handle);
        this.spendOfMonth = spendOfMonth;
    }

    private record PaidLine(OpenLine line, Payer payer, List<Share> shares) {}

    void settle(List<OpenLine> lines) {
        for (OpenLine line : lines) {
            if (line.isCorrection()) {
                write(); // The database is asked how the lines before it were settled.
            }
            settle(line);
        }
        write();
    }

    private void settle(OpenLine line) {
        Payer payer = payer(line);
        List<Share> shares = shares(line, payer);
        wallet.pay(shares);
        unwritten.add(new PaidLine(line, payer, shares));
        spendOfMonth = spendOfMonth.add(line.amount());
    }

    private Payer payer(OpenLine line) {
        return line.isCorrection()
                ? open.payerOfCharge(line)
                : payerByWorkspace.computeIfAbsent(line.workspaceId(), workspace -> open.payerNow(line));
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

    private void write() {
        Map<String, Long> movements = wallet.settle(shares());
        PreparedBatch settled = handle.prepareBatch("""
                INSERT INTO settled_line (line_id, method, cloud_account_id, movement_id, settled_at)
                VALUES (:line, :method, :cloud, :movement, :now)
                """);
        unwritten.forEach(paid -> settled.bind("line", paid.line().lineId())
                .bind("method", paid.payer().method().name())
                .bind("cloud", paid.payer().cloudAccountId())
                .bind("movement", movements.get(paid.line().lineId()))
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .add());
        settled.execute();
        unwritten.clear();
    }

    /** What was paid and is not written, by the ids of the lines; lines of 0.00 move nothing. */
    private Map<String, List<Share>> shares() {
        Map<String, List<Share>> shares = new LinkedHashMap<>();
        unwritten.stream()
                .filter(paid -> !paid.shares().isEmpty())
                .forEach(paid -> shares.put(paid.line().lineId(), paid.shares()));
        return shares;
    }
}
