package io.weir.deploy.story;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request as a browser sends it.
 *
 * @param head its first line and its headers, with the empty line behind them
 * @param body the fields of a form, a character for each byte
 */
record Request(String head, String body) {

    private static final String END = "\r\n\r\n";
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *([0-9]+)");
    private static final Pattern CONNECTION = Pattern.compile("(?im)^connection:.*\r\n");

    /** Reads a request; nothing if the browser sends none on this connection. */
    static Optional<Request> read(InputStream browser) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(ISO_8859_1).endsWith(END)) {
            int next = browser.read();
            if (next < 0) {
                return Optional.empty();
            }
            read.write(next);
        }
        String head = read.toString(ISO_8859_1);
        Matcher length = LENGTH.matcher(head);
        int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
        return Optional.of(new Request(head, new String(browser.readNBytes(bytes), ISO_8859_1)));
    }

    /** Method and path. */
    String line() {
        return head.substring(0, head.indexOf(" HTTP/"));
    }

    boolean isForm() {
        return head.startsWith("POST ");
    }

    /** Whether a person asked for it; a browser asks by itself for what belongs to a page. */
    boolean isOfAPerson() {
        return head.toLowerCase(Locale.ROOT).contains("\r\nsec-fetch-dest: document\r\n");
    }

    /** The same, after whose answer the server ends the connection. */
    byte[] alone() {
        String others = CONNECTION.matcher(head).replaceAll("");
        String alone = others.substring(0, others.length() - 2) + "Connection: close\r\n\r\n";
        return (alone + body).getBytes(ISO_8859_1);
    }
}
