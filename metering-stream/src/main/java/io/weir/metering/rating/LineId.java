package io.weir.metering.rating;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import org.apache.commons.codec.digest.DigestUtils;

/** The identity of a line: the same for the same line whenever, wherever and however often it is computed (rules.md §7). */
public final class LineId {

    private static final int DIGITS = 32;

    private LineId() {}

    /** The first 32 lower-case hex digits of SHA-256 over what the line is for and its revision. */
    public static String of(LocalDate day, String workspaceId, LineKey key, int revision) {
        String named = String.join(
                "\n",
                day.toString(),
                key.accountId(),
                workspaceId,
                key.resource(),
                key.item(),
                key.retentionDays() == null ? "" : key.retentionDays().toString(),
                Integer.toString(revision));
        return DigestUtils.sha256Hex(named.getBytes(UTF_8)).substring(0, DIGITS);
    }
}
