package io.weir.feecenter.settlement;

/** What a customer asked of a wallet is refused; no money was moved. */
public final class WalletRefused extends RuntimeException {

    /** Why. */
    public enum Reason {
        /** The payment provider takes no payment of this amount. */
        PAYMENT_REFUSED,
        /** Nobody asked for a payment with this reference. */
        NO_SUCH_PAYMENT,
        /** The same request was made before for another amount or card. */
        REQUEST_REUSED,
        /** Less cash than the card costs. */
        NOT_ENOUGH_CASH,
        /** No voucher has this code. */
        NO_SUCH_CODE,
        /** Another account has activated the code. */
        CODE_USED,
        /** The voucher can no longer be activated. */
        CODE_EXPIRED,
        /** The voucher is of another currency than the account. */
        WRONG_CURRENCY,
        /** The account pays for no workspace: vouchers belong to the commercial plan. */
        NOT_COMMERCIAL
    }

    private final Reason reason;

    WalletRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
