package io.weir.feecenter.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
record Problem(String type, String title, int status, String detail) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Answers with a problem that its status says all about. */
    static void answer(Context context, int status, String detail) {
        answer(context, new Problem("about:blank", HttpStatus.forStatus(status).getMessage(), status, detail));
    }

    static void answer(Context context, Problem problem) {
        context.status(problem.status());
        try {
            context.contentType("application/problem+json").result(JSON.writeValueAsBytes(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is plain text: " + problem, e);
        }
    }
}
