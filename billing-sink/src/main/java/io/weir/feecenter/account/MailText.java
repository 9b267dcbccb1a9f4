package io.weir.feecenter.account;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What a mail says, in the reader's language: English or Chinese. */
record MailText(String subject, String body) {

    private static final String BUNDLE = "io.weir.feecenter.account.mail";
    private static final ResourceBundle.Control NEVER_THE_MACHINES_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    /**
     * Brings a code.
     *
     * @param account user name of the account that the purpose names
     */
    static MailText ofCode(String code, CodePurpose purpose, String account, Locale language) {
        ResourceBundle texts = ResourceBundle.getBundle(BUNDLE, language, NEVER_THE_MACHINES_LANGUAGE);
        String reason =
                new MessageFormat(texts.getString("purpose." + purpose), language).format(new Object[] {account});
        return of("code", language, code, reason);
    }

    /**
     * The text of this name.
     *
     * @param name the first part of its keys in {@code mail.properties}
     * @param values stand in it as {0}, {1}, …
     */
    static MailText of(String name, Locale language, Object... values) {
        ResourceBundle texts = ResourceBundle.getBundle(BUNDLE, language, NEVER_THE_MACHINES_LANGUAGE);
        return new MailText(
                new MessageFormat(texts.getString(name + ".subject"), language).format(values),
                new MessageFormat(texts.getString(name + ".body"), language).format(values));
    }

    /** A code is in some of them. */
    @Override
    public String toString() {
        return "mail: " + subject;
    }
}
