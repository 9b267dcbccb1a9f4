package io.weir.metering.rating;

import io.weir.metering.attribution.Charge;
import io.weir.metering.attribution.Item;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;

/** Charges of log records at a retention of 14 days, whose unit is 1000 records. */
final class Charges {

    static final LocalDate DAY = LocalDate.parse("2026-03-02");

    private static final Item LOG = new Item(
            "log", "logs", List.of(new Item.Term(List.of("log_records"), 1)), new BigDecimal("1000"), 14, false);

    private Charges() {}

    static Charge log(String accountId, String records) {
        return new Charge(accountId, "", LOG, 14, new BigDecimal(records), List.of(), new TreeSet<>());
    }
}
