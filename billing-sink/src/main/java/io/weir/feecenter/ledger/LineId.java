package io.weir.feecenter.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.billing.BillLine;
import java.util.Objects;
import org.apache.commons.codec.digest.DigestUtils;

/** The identity of a line, recomputed from what it is about (rules.md §7). */
final class LineId {

    private static final int HEX_DIGITS = 32;

    private LineId() {}

    /** The id that this line must bear. */
    static String of(BillLine line) {
        return of(line, line.getRevision());
    }

    /** The id of the line that must stand before this one; only for revisions above 0. */
    static String ofPrevious(BillLine line) {
        return of(line, line.getRevision() - 1);
    }

    private static String of(BillLine line, int revision) {
        String text = String.join(
                "\n",
                line.getDay().toString(),
                line.getAccountId(),
                line.getWorkspaceId(),
                line.getResource(),
                line.getItem(),
                Objects.toString(line.getRetentionDays(), ""),
                Integer.toString(revision));
        return DigestUtils.sha256Hex(text.getBytes(UTF_8)).substring(0, HEX_DIGITS);
    }
}
