package io.weir.deploy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerMergeTest {

    private final Check check = new Check("ledger");

    @Test
    void linesThatArePostedHeldBackOrRepeatedAreAllThere() {
        // Given
        LedgerMerge merge = merge(4, 3, 1, List.of(posted(0, TestLine.first())), List.of(2L), true);

        // When
        merge.add(0, TestLine.first());
        merge.add(2, null);
        merge.add(3, TestLine.first());
        merge.add(4, TestLine.second());
        merge.end();

        // Then
        assertThat(check.violations()).isEmpty();
        assertThat(merge.unread()).isEqualTo(1);
    }

    @Test
    void aChangedAmountIsNamed() {
        // Given
        LedgerMerge merge = merge(
                1,
                1,
                0,
                List.of(posted(0, TestLine.of(0, "2000", "2.41", "2000", "2.40").build())),
                List.of(),
                false);

        // When
        merge.add(0, TestLine.first());
        merge.end();

        // Then
        assertThat(check.violations())
                .singleElement()
                .asString()
                .contains(TestLine.first().getLineId(), "amount is 2.41, on the topic 2.4");
    }

    @Test
    void aMissingLineIsNamed() {
        // Given
        LedgerMerge merge = merge(2, 2, 0, List.of(posted(1, TestLine.second())), List.of(), false);

        // When
        merge.add(0, TestLine.first());
        merge.add(1, TestLine.second());
        merge.end();

        // Then
        assertThat(check.violations())
                .singleElement()
                .asString()
                .contains(TestLine.first().getLineId(), "neither in the ledger nor held back");
    }

    @Test
    void aLineThatIsNotOnTheTopicIsNamed() {
        // Given
        LedgerMerge merge =
                merge(2, 2, 0, List.of(posted(0, TestLine.first()), posted(1, TestLine.second())), List.of(), false);

        // When
        merge.add(0, TestLine.first());
        merge.end();

        // Then
        assertThat(check.violations())
                .anyMatch(text -> text.contains(TestLine.second().getLineId()) && text.contains("not on the topic"))
                .anyMatch(text -> text.contains("1 before the sink's position, but 2 read by the sink"));
    }

    private LedgerMerge merge(
            long nextOffset,
            long linesRead,
            long repeats,
            List<LedgerLine> rows,
            List<Long> heldBack,
            boolean isRepeat) {
        return new LedgerMerge(
                new LedgerMerge.Position(0, nextOffset, linesRead, repeats),
                rows.iterator(),
                heldBack.iterator(),
                line -> isRepeat,
                check);
    }

    private static LedgerLine posted(long offset, BillLine line) {
        return LedgerLine.of(offset, line);
    }
}
