package io.weir.deploy.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.billing.BillLine;
import io.weir.usage.MeterTotal;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** The lines of one partition in their order: ids, revisions, running sums, currencies and digests (rules.md §7). */
final class LineChains {

    private static final int ID_DIGITS = 32;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern TOTAL = Pattern.compile("0|[1-9][0-9]*");

    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,60})(\\.[0-9]{1,60})?");

    /** What stands after the last line of a key. */
    private record Link(int revision, BigDecimal quantity, BigDecimal amount, List<MeterTotal> meters) {}

    private final Check check;
    private final Map<LineKey, Link> last = new HashMap<>();
    private final Map<String, String> currencies = new HashMap<>();

    LineChains(Check check) {
        this.check = check;
    }

    /** The next line of the partition, with the key of its record. */
    void add(@Nullable String recordKey, BillLine line) {
        requireId(line);
        if (!line.getAccountId().equals(recordKey)) {
            check.violation(
                    "line %s of account %s has the record key %s",
                    line.getLineId(), line.getAccountId(), Objects.toString(recordKey, "(none)"));
        }
        String currency = currencies.computeIfAbsent(line.getAccountId(), any -> line.getCurrency());
        if (!currency.equals(line.getCurrency())) {
            check.violation(
                    "line %s is in %s, but account %s was billed in %s before",
                    line.getLineId(), line.getCurrency(), line.getAccountId(), currency);
        }
        line.getMeters().forEach(meter -> requireWellFormed(line, meter));
        follow(line);
    }

    private void requireId(BillLine line) {
        String text = String.join(
                "\n",
                line.getDay().toString(),
                line.getAccountId(),
                line.getWorkspaceId(),
                line.getResource(),
                line.getItem(),
                Objects.toString(line.getRetentionDays(), ""),
                Integer.toString(line.getRevision()));
        String id = DigestUtils.sha256Hex(text.getBytes(UTF_8)).substring(0, ID_DIGITS);
        if (!id.equals(line.getLineId())) {
            check.violation("line %s has fields that hash to %s: %s", line.getLineId(), id, text.replace('\n', ' '));
        }
    }

    private void requireWellFormed(BillLine line, MeterTotal meter) {
        if (!DIGEST.matcher(meter.getDigest()).matches()
                || !TOTAL.matcher(meter.getTotal()).matches()
                || meter.getEvents() < 1) {
            check.violation("line %s: not a total of a meter: %s", line.getLineId(), meter);
        }
    }

    private void follow(BillLine line) {
        if (!List.of(line.getQuantity(), line.getAmount(), line.getNetQuantity(), line.getNetAmount()).stream()
                .allMatch(figure -> DECIMAL.matcher(figure).matches())) {
            check.violation("line %s has a quantity or amount that is no decimal: %s", line.getLineId(), line);
            return;
        }
        Link before = last.getOrDefault(LineKey.of(line), new Link(-1, BigDecimal.ZERO, BigDecimal.ZERO, List.of()));
        if (line.getRevision() != before.revision() + 1) {
            check.violation(
                    "line %s has revision %d where %d must follow",
                    line.getLineId(), line.getRevision(), before.revision() + 1);
        }
        requireSum(line, "quantity", before.quantity(), line.getQuantity(), line.getNetQuantity());
        requireSum(line, "amount", before.amount(), line.getAmount(), line.getNetAmount());
        last.put(
                LineKey.of(line),
                new Link(
                        line.getRevision(),
                        new BigDecimal(line.getNetQuantity()),
                        new BigDecimal(line.getNetAmount()),
                        line.getMeters()));
    }

    private void requireSum(BillLine line, String figure, BigDecimal before, String own, String net) {
        BigDecimal sum = before.add(new BigDecimal(own));
        if (sum.compareTo(new BigDecimal(net)) != 0) {
            check.violation(
                    "line %s: net_%s is %s, but %s before and %s of its own make %s",
                    line.getLineId(), figure, net, before.toPlainString(), own, sum.toPlainString());
        }
    }

    /** Adds what the latest line of each key was computed from. */
    void addUpTo(BilledTotals billed) {
        last.forEach((key, link) -> link.meters().forEach(meter -> billed.add(key, meter)));
    }

    /** Number of different keys. */
    int keys() {
        return last.size();
    }
}
