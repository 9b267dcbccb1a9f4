package io.weir.feecenter.account;

/** What an account is billed in; two decimals each. */
public enum Currency {
    CNY,
    USD
}
