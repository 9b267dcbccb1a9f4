package io.weir.feecenter.account;

import java.time.InstantSource;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** New e-mail addresses and phones of fee-center accounts, each by a code to the present e-mail address. */
public final class ContactChanges {

    private final Changes changes;
    private final InstantSource clock;
    private final Codes codes;

    /** Changes of the accounts in the database behind this source. */
    public ContactChanges(DataSource source, InstantSource clock, Codes codes) {
        this.changes = new Changes(source);
        this.clock = clock;
        this.codes = codes;
    }

    /**
     * Sends a code to the present e-mail address of the account that is signed in.
     *
     * @throws AccountRefused if there is no such account, or no code can be sent
     */
    public void sendCode(String accountId, Locale language) {
        FeeCenterAccount account = changes.read(handle -> FeeCenterAccounts.get(handle, accountId));
        codes.send(CodePurpose.CONTACT, accountId, account.email(), account.userName(), language);
    }

    /**
     * Changes the e-mail address. The old one is told.
     *
     * @param code as sent by {@link #sendCode}
     * @throws AccountRefused {@link Refusal#CODE_WRONG} or {@link Refusal#EMAIL_INVALID}
     */
    public void changeEmail(String accountId, String code, String email, Locale language) {
        String address = Contact.email(email);
        codes.use(CodePurpose.CONTACT, accountId, code);
        changes.make(handle -> {
            FeeCenterAccount account = FeeCenterAccounts.get(handle, accountId);
            MailText text = MailText.of("contact", language, account.userName(), address);
            Mailings.add(handle, clock.instant(), account.email(), text);
            return handle.createUpdate("UPDATE fee_center_account SET email = :email WHERE account_id = :account")
                    .bind("email", address)
                    .bind("account", accountId)
                    .execute();
        });
    }

    /**
     * Changes the phone.
     *
     * @param code as sent by {@link #sendCode}
     * @param phone with its country code; null for none
     * @throws AccountRefused {@link Refusal#CODE_WRONG} or {@link Refusal#PHONE_INVALID}
     */
    public void changePhone(String accountId, String code, @Nullable String phone) {
        String number = Contact.phone(phone);
        codes.use(CodePurpose.CONTACT, accountId, code);
        changes.make(handle -> handle.createUpdate(
                        "UPDATE fee_center_account SET phone = :phone WHERE account_id = :account")
                .bind("phone", number)
                .bind("account", accountId)
                .execute());
    }
}
