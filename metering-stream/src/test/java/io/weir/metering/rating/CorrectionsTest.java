package io.weir.metering.rating;

import static io.weir.metering.rating.Charges.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.billing.HoldReason;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a day costs now minus what has been billed for it (rules.md §7). */
class CorrectionsTest {

    private SortedMap<LineKey, Billed> billed = new TreeMap<>();

    @Test
    void theFirstLineOfAGroupIsAllItCosts() {
        // When
        Corrections corrections = rate(priced("a", "10", "1.50"));

        // Then
        assertThat(corrections.lines())
                .extracting(line -> line.key().accountId(), Corrections.Difference::revision, CorrectionsTest::said)
                .containsExactly(tuple("a", 0, "10 for 1.50, net 10 for 1.50"));
    }

    @Test
    void aLaterLineIsTheDifference() {
        // Given
        rate(priced("a", "10", "1.50"));

        // When
        Corrections corrections = rate(priced("a", "15", "2.25"));

        // Then
        assertThat(corrections.lines())
                .extracting(Corrections.Difference::revision, CorrectionsTest::said)
                .containsExactly(tuple(1, "5 for 0.75, net 15 for 2.25"));
    }

    @Test
    void nothingIsIssuedWhenNothingChanged() {
        // Given
        rate(priced("a", "10", "1.50"));

        // When
        Corrections corrections = rate(priced("a", "10.0", "1.50"));

        // Then
        assertThat(corrections.lines()).isEmpty();
        assertThat(corrections.holds()).isEmpty();
    }

    @Test
    void aLineIsIssuedWhenOnlyTheQuantityDiffers() {
        // Given
        rate(priced("a", "10", "0.00"));

        // When
        Corrections corrections = rate(priced("a", "11", "0.00"));

        // Then
        assertThat(corrections.lines())
                .extracting(CorrectionsTest::said)
                .containsExactly("1 for 0.00, net 11 for 0.00");
    }

    @Test
    void aLineIsIssuedWhenOnlyTheAmountDiffers() {
        // Given
        rate(priced("a", "10", "1.50"));

        // When
        Corrections corrections = rate(priced("a", "10", "1.00"));

        // Then
        assertThat(corrections.lines())
                .extracting(CorrectionsTest::said)
                .containsExactly("0 for -0.50, net 10 for 1.00");
    }

    @Test
    void aQuantityThatCostsNothingHasALine() {
        assertThat(rate(priced("a", "0.1", "0.00")).lines())
                .extracting(CorrectionsTest::said)
                .containsExactly("0.1 for 0.00, net 0.1 for 0.00");
    }

    @Test
    void aMoveBetweenAccountsIsANegativeAndAPositiveLine() {
        // Given
        rate(priced("a", "10", "1.50"));

        // When
        Corrections corrections = rate(priced("b", "10", "1.20"));

        // Then
        assertThat(corrections.lines())
                .extracting(line -> line.key().accountId(), Corrections.Difference::revision, CorrectionsTest::said)
                .containsExactly(
                        tuple("a", 1, "-10 for -1.50, net 0 for 0.00"), tuple("b", 0, "10 for 1.20, net 10 for 1.20"));
    }

    @Test
    void aGroupCorrectedToNothingStaysAtNothing() {
        // Given
        rate(priced("a", "10", "1.50"));
        rate();

        // When
        Corrections corrections = rate();

        // Then
        assertThat(corrections.lines()).isEmpty();
    }

    @Test
    void aGroupThatComesBackGoesOnWithTheNextRevision() {
        // Given
        rate(priced("a", "10", "1.50"));
        rate();

        // When
        Corrections corrections = rate(priced("a", "4", "0.60"));

        // Then
        assertThat(corrections.lines())
                .extracting(Corrections.Difference::revision, CorrectionsTest::said)
                .containsExactly(tuple(2, "4 for 0.60, net 4 for 0.60"));
    }

    @Test
    void whatCannotBePricedIsHeld() {
        // When
        Corrections corrections = rate(unpriced("a", "10"));

        // Then
        assertThat(corrections.lines()).isEmpty();
        assertThat(corrections.holds()).containsExactly(held("a", HoldReason.NO_PRICE, "10", "0"));
    }

    @Test
    void aHoldIsSaidOnce() {
        // Given
        rate(unpriced("a", "10"));

        // When / Then
        assertThat(rate(unpriced("a", "10")).holds()).isEmpty();
    }

    @Test
    void aHoldIsSaidAgainWhenItsQuantityChanges() {
        // Given
        rate(unpriced("a", "10"));

        // When / Then
        assertThat(rate(unpriced("a", "12")).holds()).containsExactly(held("a", HoldReason.NO_PRICE, "12", "0"));
    }

    @Test
    void whatWasHeldIsIssuedWhenItHasAPrice() {
        // Given
        rate(unpriced("a", "10"));

        // When
        Corrections corrections = rate(priced("a", "10", "1.50"));

        // Then
        assertThat(corrections.lines())
                .extracting(Corrections.Difference::revision, CorrectionsTest::said)
                .containsExactly(tuple(0, "10 for 1.50, net 10 for 1.50"));
        assertThat(corrections.holds()).extracting(Corrections.HoldChange::hold).containsOnlyNulls();
    }

    @Test
    void whatWasBilledIsNotReversedForWantOfAPrice() {
        // Given
        rate(priced("a", "10", "1.50"));

        // When
        Corrections corrections = rate(unpriced("a", "12"));

        // Then
        assertThat(corrections.lines()).isEmpty();
        assertThat(corrections.holds()).containsExactly(held("a", HoldReason.NO_PRICE, "12", "10"));
    }

    @Test
    void whatWasBilledBeforeAHoldIsSubtractedAfterIt() {
        // Given
        rate(priced("a", "10", "1.50"));
        rate(unpriced("a", "12"));

        // When
        Corrections corrections = rate(priced("a", "12", "1.80"));

        // Then
        assertThat(corrections.lines())
                .extracting(Corrections.Difference::revision, CorrectionsTest::said)
                .containsExactly(tuple(1, "2 for 0.30, net 12 for 1.80"));
    }

    @Test
    void aHoldWhoseUsageWentElsewhereIsReleasedWithoutALine() {
        // Given
        rate(unpriced("a", "10"));

        // When
        Corrections corrections = rate(priced("b", "10", "1.50"));

        // Then
        assertThat(corrections.lines())
                .extracting(line -> line.key().accountId())
                .containsExactly("b");
        assertThat(corrections.holds())
                .extracting(change -> change.key().accountId(), Corrections.HoldChange::hold)
                .containsExactly(tuple("a", null));
        assertThat(corrections.billed()).containsOnlyKeys(key("b"));
    }

    /** Issues what differs from what was billed so far. */
    private Corrections rate(Rated... rated) {
        Corrections corrections = Corrections.between(List.of(rated), billed);
        billed = corrections.billed();
        return corrections;
    }

    private static Rated priced(String accountId, String quantity, String amount) {
        Price price = new Price("1", DAY, new PriceModel.Unit(BigDecimal.ONE));
        return new Rated.Priced(Charges.log(accountId, quantity), "CNY", price, new BigDecimal(amount));
    }

    private static Rated unpriced(String accountId, String quantity) {
        return new Rated.Unpriced(Charges.log(accountId, quantity), HoldReason.NO_PRICE, "CNY");
    }

    private static Corrections.HoldChange held(String accountId, HoldReason reason, String quantity, String billed) {
        Billed.Hold hold = new Billed.Hold(reason, new BigDecimal(quantity));
        return new Corrections.HoldChange(key(accountId), hold, new BigDecimal(billed), "CNY");
    }

    private static LineKey key(String accountId) {
        return new LineKey(accountId, "", "log", 14);
    }

    private static String said(Corrections.Difference line) {
        return "%s for %s, net %s for %s"
                .formatted(
                        line.quantity().toPlainString(),
                        line.amount().toPlainString(),
                        line.net().quantity().toPlainString(),
                        line.net().amount().toPlainString());
    }
}
