package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.weir.feecenter.account.ConsoleAccount;
import io.weir.feecenter.account.FeeCenterAccount;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What every page shows around its own matter: who is signed in, in which language, and what has just been done or refused.
 *
 * @param words in the reader's language
 * @param path of the page
 * @param query the rest of its address without what chose the language or told what was done; empty for none
 * @param person signed in to the console; null for nobody
 * @param payer signed in to the fee center; null for nobody
 * @param operator whether the operator is signed in
 * @param said key of what has just been done, among the words that begin with {@code said.}; null for nothing
 * @param refused why what was asked is not done, in the reader's language; null for nothing
 * @param typed what was typed into the form that was refused
 */
public record Frame(
        Words words,
        String path,
        String query,
        @Nullable ConsoleAccount person,
        @Nullable FeeCenterAccount payer,
        boolean operator,
        @Nullable String said,
        @Nullable String refused,
        java.util.Map<String, String> typed) {

    /** The address of the same page in another language. */
    public String inLanguage(String language) {
        return path + "?" + (query.isEmpty() ? "" : query + "&") + "lang=" + language;
    }

    /** Words for a key. */
    public String t(String key, Object... values) {
        return words.of(key, values);
    }

    /** Words for a value of an enum. */
    public String t(Enum<?> value) {
        return words.of(value);
    }

    /** What was typed into this field before; empty at first. */
    public String typed(String field) {
        return typed.getOrDefault(field, "");
    }

    /** An amount with its currency. */
    public String money(BigDecimal amount, String currency) {
        return words.money(amount, currency);
    }

    /** A minute in UTC. */
    public String minute(Instant instant) {
        return words.minute(instant);
    }

    /** The person; only on pages that need one. */
    ConsoleAccount requirePerson() {
        return Objects.requireNonNull(person);
    }

    /** The paying account; only on pages that need one. */
    FeeCenterAccount requirePayer() {
        return Objects.requireNonNull(payer);
    }

    /** The frame of the request at hand. */
    static Frame of(Context context) {
        return Objects.requireNonNull(context.attribute("frame"));
    }

    /** The same page with why it was refused, and with what was typed. */
    Frame refused(String why, java.util.Map<String, String> form) {
        return new Frame(words, path, query, person, payer, operator, null, why, form);
    }
}
