package io.weir.feecenter.api;

import io.javalin.http.HttpStatus;
import java.util.Map;

/** A request is not answered, for the reason in its problem. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    private Refused(Problem problem, Map<String, String> headers) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.headers = headers;
    }

    Refused(HttpStatus status, String detail) {
        this(Problem.of(status, detail), Map.of());
    }

    /** A part of the request, such as a parameter, says what it may not. */
    static Refused badValue(String part, String value, String allowed) {
        return new Refused(HttpStatus.BAD_REQUEST, "%s: [%s] cannot be; allowed is %s".formatted(part, value, allowed));
    }

    /** The same for what does not exist and for what is another account's: nobody learns which of them it is. */
    static Refused notFound(String what) {
        return new Refused(HttpStatus.NOT_FOUND, "this account has no such " + what);
    }

    /** No token, or none that opens anything: which challenge says it to the program (RFC 6750). */
    static Refused unauthorized(String challenge, String detail) {
        return new Refused(
                Problem.of(HttpStatus.UNAUTHORIZED, detail), Map.of("WWW-Authenticate", "Bearer " + challenge));
    }

    /** The token opens something else. */
    static Refused withoutScope(String scope) {
        return new Refused(
                Problem.of(HttpStatus.FORBIDDEN, "the token lacks the scope %s: make one that has it".formatted(scope)),
                Map.of(
                        "WWW-Authenticate",
                        "Bearer realm=\"weir\", error=\"insufficient_scope\", scope=\"%s\"".formatted(scope)));
    }

    /** The path answers another method only. */
    static Refused method(String asked, String allowed) {
        return new Refused(
                Problem.of(HttpStatus.METHOD_NOT_ALLOWED, "%s: not allowed; allowed is %s".formatted(asked, allowed)),
                Map.of("Allow", allowed));
    }

    Problem problem() {
        return problem;
    }

    Map<String, String> headers() {
        return headers;
    }
}
