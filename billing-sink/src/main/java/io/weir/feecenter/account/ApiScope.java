package io.weir.feecenter.account;

import java.util.Arrays;
import java.util.Optional;

/** What a program may do with an API token. */
public enum ApiScope {
    /** Reads the account, its workspaces, its bill and its statements. */
    BILLS_READ("bills:read"),
    /** Reads what is in the wallet and what moved there. */
    WALLET_READ("wallet:read"),
    /** Spends cash on prepaid cards, and activates vouchers. */
    WALLET_WRITE("wallet:write");

    private final String word;

    ApiScope(String word) {
        this.word = word;
    }

    /** As programs and the database write it. */
    public String word() {
        return word;
    }

    /** The scope that is written so. */
    public static Optional<ApiScope> of(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
    }
}
