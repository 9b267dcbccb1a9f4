package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.weir.feecenter.account.ConsoleAccount;
import io.weir.feecenter.account.ConsoleAccounts;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.feecenter.api.Api;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who comes with which browser: reads and writes its cookies. */
final class Visits {

    private static final String LANGUAGE_COOKIE = "weir-language";
    private static final int A_YEAR = (int) Duration.ofDays(365).toSeconds();

    private final Sessions sessions;
    private final ConsoleAccounts people;
    private final FeeCenterAccounts payers;
    private final boolean secure;

    Visits(Sessions sessions, ConsoleAccounts people, FeeCenterAccounts payers, boolean secure) {
        this.sessions = sessions;
        this.people = people;
        this.payers = payers;
        this.secure = secure;
    }

    /** With this prefix a browser takes the cookie only over TLS and from this very host. */
    private String cookieName() {
        return secure ? "__Host-weir-session" : "weir-session";
    }

    /** Finds out who comes, and makes the frame of the page. A program shows a token; its cookies are not looked at. */
    void begin(Context context) {
        if (Api.isCalled(context)) {
            return;
        }
        Words words = words(context);
        Session session = Optional.ofNullable(context.cookie(cookieName()))
                .flatMap(sessions::find)
                .orElse(Session.NOBODY);
        context.attribute("session", session);
        context.attribute(
                "frame",
                new Frame(
                        words,
                        context.path(),
                        query(context),
                        Optional.ofNullable(session.consoleAccountId())
                                .flatMap(people::find)
                                .orElse(null),
                        Optional.ofNullable(session.accountId())
                                .flatMap(payers::find)
                                .orElse(null),
                        session.operator(),
                        said(context, words),
                        null,
                        Map.of()));
    }

    /** A frame in which nobody is signed in, for when the database cannot be asked. */
    void beginWithoutDatabase(Context context) {
        Words words = words(context);
        context.attribute("frame", new Frame(words, context.path(), "", null, null, false, null, null, Map.of()));
    }

    /** As it stands in the address, without {@code lang} and {@code said}. */
    private static String query(Context context) {
        return Stream.of(Objects.requireNonNullElse(context.queryString(), "").split("&"))
                .filter(part -> !part.isEmpty() && !part.startsWith("lang=") && !part.startsWith("said="))
                .collect(Collectors.joining("&"));
    }

    /** Only words that there are for this: nobody can put others on the page by a link. */
    private static @org.jspecify.annotations.Nullable String said(Context context, Words words) {
        String key = "said." + context.queryParam("said");
        return words.has(key) ? words.of(key) : null;
    }

    private Words words(Context context) {
        String chosen = context.queryParam("lang");
        if (chosen != null) {
            Words words = Words.in(chosen);
            context.cookie(cookie(LANGUAGE_COOKIE, words.language().toLanguageTag(), A_YEAR));
            return words;
        }
        String kept = context.cookie(LANGUAGE_COOKIE);
        return Words.in(kept != null ? kept : Objects.requireNonNullElse(context.header("Accept-Language"), ""));
    }

    private Cookie cookie(String name, String value, int maxAgeSeconds) {
        return new Cookie(name, value, "/", maxAgeSeconds, secure, true, null, SameSite.LAX);
    }

    /** Adds to who is signed in, under a new token: one that was known before the sign-in is worth nothing. */
    void signIn(Context context, UnaryOperator<Session> more) {
        Session session = Objects.requireNonNull(context.<Session>attribute("session"));
        Optional.ofNullable(context.cookie(cookieName())).ifPresent(sessions::close);
        context.cookie(cookie(cookieName(), sessions.open(more.apply(session)), -1));
    }

    /** Nobody is signed in any more. */
    void signOut(Context context) {
        Optional.ofNullable(context.cookie(cookieName())).ifPresent(sessions::close);
        context.cookie(cookie(cookieName(), "", 0));
    }

    /** Sends away whoever is not signed in to the console. */
    static ConsoleAccount person(Context context) {
        ConsoleAccount person = Frame.of(context).person();
        if (person == null) {
            throw new SignInNeeded("/sign-in");
        }
        return person;
    }

    /** Ends all sessions of a person, in whatever browser. */
    void endAllOfPerson(String consoleAccountId) {
        sessions.closeAll("console_account_id", consoleAccountId);
    }

    /** Ends all sessions of a fee-center account, in whatever browser. */
    void endAllOfPayer(String accountId) {
        sessions.closeAll("account_id", accountId);
    }

    /** The id of the person; sends away whoever is not signed in to the console. */
    static String personId(Context context) {
        return person(context).consoleAccountId();
    }

    /** Sends away whoever is not signed in to the fee center. */
    static FeeCenterAccount payer(Context context) {
        FeeCenterAccount payer = Frame.of(context).payer();
        if (payer == null) {
            throw new SignInNeeded("/fee-center/sign-in");
        }
        return payer;
    }

    /** Sends away whoever is not the operator. */
    static void operator(Context context) {
        if (!Frame.of(context).operator()) {
            throw new SignInNeeded("/operator/sign-in");
        }
    }
}
