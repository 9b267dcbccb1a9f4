package io.weir.deploy.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.billing.BillLine;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What makes lines sound by themselves (rules.md §7): ids that recompute, and revisions that count from 0 without gap. */
final class LineChains {

    private static final int HEX_DIGITS = 32;

    private LineChains() {}

    /** What is wrong with these lines, in words. */
    static List<String> faultsOf(List<BillLine> lines) {
        List<String> faults = new ArrayList<>();
        lines.stream()
                .filter(line -> !line.getLineId().equals(id(line)))
                .forEach(line -> faults.add("line id: " + line.getLineId() + " is not that of " + inWords(key(line))));
        Map<String, List<Integer>> revisions = lines.stream()
                .collect(Collectors.groupingBy(
                        LineChains::key, TreeMap::new, Collectors.mapping(BillLine::getRevision, Collectors.toList())));
        revisions.forEach((key, found) -> {
            if (!found.stream().sorted().toList().equals(countFromZero(found.size()))) {
                faults.add("revisions: " + inWords(key) + " has "
                        + found.stream().sorted().toList());
            }
        });
        return faults;
    }

    private static List<Integer> countFromZero(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static String id(BillLine line) {
        String text = key(line) + "\n" + line.getRevision();
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(UTF_8))).substring(0, HEX_DIGITS);
    }

    private static String key(BillLine line) {
        return String.join(
                "\n",
                line.getDay().toString(),
                line.getAccountId(),
                line.getWorkspaceId(),
                line.getResource(),
                line.getItem(),
                Objects.toString(line.getRetentionDays(), ""));
    }

    private static String inWords(String key) {
        return key.replace('\n', ',');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
