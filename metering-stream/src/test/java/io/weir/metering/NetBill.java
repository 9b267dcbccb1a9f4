package io.weir.metering;

import io.weir.billing.BillLine;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What lines come to, net of all corrections, in the form of bill.csv (rules.md §9). */
public final class NetBill {

    private static final String HEADER =
            "day,account_id,workspace_id,resource,item,retention_days,quantity,amount,currency\n";

    private record Net(String currency, BigDecimal quantity, BigDecimal amount) {

        Net plus(Net other) {
            return new Net(currency, quantity.add(other.quantity), amount.add(other.amount));
        }

        String columns() {
            String plain =
                    quantity.signum() == 0 ? "0" : quantity.stripTrailingZeros().toPlainString();
            return plain + "," + amount.toPlainString() + "," + currency;
        }
    }

    private NetBill() {}

    /** Every group that ever had a line, header first, sorted. */
    public static String csv(Collection<BillLine> lines) {
        SortedMap<String, Net> nets = new TreeMap<>();
        lines.forEach(line -> nets.merge(key(line), net(line), Net::plus));
        return nets.entrySet().stream()
                .map(entry -> entry.getKey() + entry.getValue().columns() + "\n")
                .sorted()
                .collect(Collectors.joining("", HEADER, ""));
    }

    private static String key(BillLine line) {
        Integer retention = line.getRetentionDays();
        return String.join(
                ",",
                line.getDay().toString(),
                line.getAccountId(),
                line.getWorkspaceId(),
                line.getResource(),
                line.getItem(),
                retention == null ? "" : retention.toString(),
                "");
    }

    private static Net net(BillLine line) {
        return new Net(line.getCurrency(), new BigDecimal(line.getQuantity()), new BigDecimal(line.getAmount()));
    }
}
