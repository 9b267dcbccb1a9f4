package io.weir.feecenter.api;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/**
 * Why a program does not get what it asked for (RFC 9457).
 *
 * @param type what kind of problem it is; {@code about:blank} where the status says all
 * @param title the same in words
 * @param status of HTTP
 * @param detail what is wrong with this request, and what to do
 */
public record Problem(String type, String title, int status, String detail) {

    /** A problem that its status says all about. */
    static Problem of(HttpStatus status, String detail) {
        return new Problem("about:blank", status.getMessage(), status.getCode(), detail);
    }

    /** Answers with a problem that its status says all about. */
    public static void answer(Context context, int status, String detail) {
        of(HttpStatus.forStatus(status), detail).answer(context);
    }

    /** Answers a request with this problem. */
    void answer(Context context) {
        context.status(status).contentType("application/problem+json").result(Json.text(this));
    }
}
