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
}
