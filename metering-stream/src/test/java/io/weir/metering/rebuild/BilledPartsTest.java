package io.weir.metering.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.billing.BillLine;
import io.weir.billing.HeldLine;
import io.weir.billing.HoldReason;
import io.weir.billing.LineKind;
import io.weir.metering.rating.LineKey;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What has been billed is what stands on the topic (rules.md §7). */
class BilledPartsTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-02");

    private final BilledParts billed = new BilledParts();

    @Test
    void linesOfAKeyAddUpToItsNetAndTheLastRevision() {
        // When
        billed.add(line(0, "10", "5.00", "10", "5.00"));
        billed.add(line(1, "-4", "-2.00", "6", "3.00"));

        // Then
        assertThat(parts()).containsExactly("6 for 3.00, revision 1");
    }

    @Test
    void theSameLineTwiceChangesNothing() {
        // When
        billed.add(line(0, "10", "5.00", "10", "5.00"));
        billed.add(line(0, "10", "5.00", "10", "5.00"));

        // Then
        assertThat(parts()).containsExactly("10 for 5.00, revision 0");
    }

    @Test
    void aMissingLineIsNotPassedOver() {
        // Given
        billed.add(line(0, "10", "5.00", "10", "5.00"));

        // When, then
        assertThatThrownBy(() -> billed.add(line(2, "1", "0.50", "12", "6.00")))
                .isInstanceOf(RebuildRefused.class)
                .hasMessageContaining("lines are missing");
        assertThatThrownBy(() -> billed.add(line(1, "1", "0.50", "12", "6.00"))).isInstanceOf(RebuildRefused.class);
    }

    @Test
    void whatIsHeldStandsBesideWhatWasBilled() {
        // Given
        HeldParts held = new HeldParts();
        billed.add(line(0, "10", "5.00", "10", "5.00"));

        // When
        held.add(held(HoldReason.UNKNOWN_ACCOUNT, "11"));
        held.add(held(HoldReason.NO_PRICE, "12"));
        billed.hold(held);

        // Then
        assertThat(parts()).containsExactly("10 for 5.00, revision 0, held 12 NO_PRICE");
    }

    @Test
    void whatIsReleasedIsNotHeld() {
        // Given
        HeldParts held = new HeldParts();

        // When
        held.add(held(HoldReason.NO_PRICE, "12"));
        held.add(held(null, "0"));
        billed.hold(held);

        // Then
        assertThat(held.size()).isZero();
        assertThat(parts()).isEmpty();
    }

    private List<String> parts() {
        List<String> parts = new ArrayList<>();
        billed.forEach((day, key, part) -> {
            assertThat(day).isEqualTo(new WorkspaceDay("wksp_1", DAY));
            assertThat(key).isEqualTo(new LineKey("acct_1", "app", "log", 14));
            BigDecimal quantity = part.quantity();
            String hold = part.hold() == null
                    ? ""
                    : ", held " + part.hold().quantity() + " " + part.hold().reason();
            parts.add(quantity + " for " + part.amount() + ", revision " + part.lastRevision() + hold);
        });
        return parts;
    }

    private static BillLine line(int revision, String quantity, String amount, String netQuantity, String netAmount) {
        return new BillLine(
                "line-" + revision,
                DAY,
                "acct_1",
                "wksp_1",
                "app",
                "log",
                14,
                revision,
                revision == 0 ? LineKind.CLOSE : LineKind.CORRECTION,
                quantity,
                amount,
                "CNY",
                netQuantity,
                netAmount,
                null,
                List.of(),
                null,
                null,
                List.of(),
                0L);
    }

    private static HeldLine held(@Nullable HoldReason reason, String quantity) {
        return new HeldLine(DAY, "acct_1", "wksp_1", "app", "log", 14, reason, quantity, "0", "CNY", 0L);
    }
}
