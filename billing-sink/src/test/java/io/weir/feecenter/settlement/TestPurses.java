package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Purses and charges without a database. */
final class TestPurses {

    /** When the day of each charge ended. */
    static final Instant DAY_END = Instant.parse("2026-03-02T16:00:00Z");

    private TestPurses() {}

    static Charge charge(String item, String amount) {
        return charge(item, amount, "0.00");
    }

    static Charge charge(String item, String amount, String spendOfMonth) {
        return new Charge(item, new BigDecimal(amount), DAY_END, new BigDecimal(spendOfMonth));
    }

    static Purse voucher(long id, String balance) {
        return new Purse(id, PurseKind.VOUCHER, new BigDecimal(balance), DAY_END, null);
    }

    static Purse thresholdVoucher(long id, String balance, String threshold) {
        return new Purse(id, PurseKind.THRESHOLD_VOUCHER, new BigDecimal(balance), DAY_END, new BigDecimal(threshold));
    }

    static Purse card(long id, String balance, Instant expiresAt) {
        return new Purse(id, PurseKind.CARD, new BigDecimal(balance), expiresAt, null);
    }

    static Purse cash(String balance) {
        return new Purse(4, PurseKind.CASH, new BigDecimal(balance), null, null);
    }

    static Purse debt(String balance) {
        return new Purse(5, PurseKind.DEBT, new BigDecimal(balance), null, null);
    }

    static Purse cloud(String balance) {
        return new Purse(6, PurseKind.CLOUD, new BigDecimal(balance), null, null);
    }

    /** Who pays what, in words. */
    static List<String> shares(List<Share> shares) {
        return shares.stream()
                .map(share -> share.purse().kind() + " " + share.amount().toPlainString())
                .toList();
    }
}
