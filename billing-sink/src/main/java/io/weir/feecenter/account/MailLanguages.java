package io.weir.feecenter.account;

import java.util.Locale;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** The language of mail about a fee-center account: Chinese or English. Until somebody chooses, Chinese for CNY and English for USD. */
public final class MailLanguages {

    private final Changes changes;

    /** The languages in the database behind this source. */
    public MailLanguages(DataSource source) {
        this.changes = new Changes(source);
    }

    /**
     * Chooses.
     *
     * @param language any kind of Chinese is Chinese, and every other language is English
     * @throws AccountRefused {@link Refusal#NOT_FOUND} if there is no such account
     */
    public void choose(String accountId, Locale language) {
        boolean chinese = language.getLanguage().equals(Locale.CHINESE.getLanguage());
        changes.make(handle -> {
            FeeCenterAccounts.get(handle, accountId);
            return handle.createUpdate(
                            "UPDATE fee_center_account SET mail_language = :language WHERE account_id = :account")
                    .bind("language", (chinese ? Locale.CHINESE : Locale.ENGLISH).getLanguage())
                    .bind("account", accountId)
                    .execute();
        });
    }

    /** The language now: English for an account that is not registered. */
    public Locale of(String accountId) {
        return changes.read(handle -> of(handle, accountId));
    }

    static Locale of(Handle handle, String accountId) {
        return handle.createQuery("""
                        SELECT coalesce(mail_language, CASE currency WHEN 'CNY' THEN 'zh' ELSE 'en' END)
                        FROM fee_center_account WHERE account_id = :account
                        """)
                .bind("account", accountId)
                .mapTo(String.class)
                .findOne()
                .map(Locale::forLanguageTag)
                .orElse(Locale.ENGLISH);
    }
}
