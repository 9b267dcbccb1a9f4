package io.weir.feecenter.settlement;

/** Who a workspace's lines are settled with: its fee-center account, or an account of a cloud's marketplace. */
public enum SettlementMethod {
    FEE_CENTER,
    ALIYUN,
    AWS,
    HUAWEI,
    AZURE;

    /** Whether a cloud account pays what vouchers and cards leave. */
    public boolean isCloud() {
        return this != FEE_CENTER;
    }

    /**
     * Whether workspaces are locked, after 14 days, when their cloud account is unsubscribed in its cloud. Alibaba Cloud leaves them open,
     * to the fee center (fee-center-rules.md §4, §5).
     */
    public boolean locksWhenUnsubscribed() {
        return isCloud() && this != ALIYUN;
    }
}
