package io.weir.metering;

import static io.weir.metering.SmallWorld.CLOSE;
import static io.weir.metering.SmallWorld.DAY;
import static io.weir.metering.SmallWorld.LONG_AGO_DAY;
import static io.weir.metering.SmallWorld.MIDNIGHT;
import static io.weir.metering.SmallWorld.TEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.billing.HeldLine;
import io.weir.billing.HoldReason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can't be priced is held and not guessed (rules.md §6). */
class HeldDayTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant NEXT_HOUR = CLOSE.plus(HOUR);

    @TempDir
    private Path state;

    private SmallWorld world;

    @BeforeEach
    void begin() {
        world = new SmallWorld(state);
        world.use(2000, TEN);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void usageWithoutAPriceIsHeld() {
        // When
        world.line.tick(CLOSE);

        // Then
        assertThat(world.lines()).isEmpty();
        assertThat(world.line.held())
                .extracting(HeldLine::getAccountId, HeldLine::getReason, HeldLine::getQuantity, HeldLine::getCurrency)
                .containsExactly(tuple("acct_1", HoldReason.NO_PRICE, "2000", "CNY"));
    }

    @Test
    void whatIsHeldIsIssuedAtTheNextFullHourAfterItsPriceArrives() {
        // Given
        world.line.tick(CLOSE);
        world.line.held();
        world.price(14, "1.5", DAY);

        // When
        world.line.tick(NEXT_HOUR.minusMillis(1));

        // Then
        assertThat(world.lines()).isEmpty();

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_1 14 revision 0: 2000 for 3.00, net 2000 for 3.00");
        assertThat(world.line.held())
                .extracting(HeldLine::getReason, HeldLine::getQuantity)
                .containsExactly(tuple(null, "0"));
    }

    @Test
    void usageOfAnUnknownAccountIsHeldUntilTheAccountArrives() {
        // Given
        world.price(14, "1.5", LONG_AGO_DAY);
        world.bind("acct_new", MIDNIGHT);
        world.line.tick(CLOSE);
        assertThat(world.line.held())
                .extracting(HeldLine::getAccountId, HeldLine::getReason, HeldLine::getCurrency)
                .containsExactly(tuple("acct_new", HoldReason.UNKNOWN_ACCOUNT, null));
        world.account("acct_new");

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_new 14 revision 0: 2000 for 3.00, net 2000 for 3.00");
    }

    @Test
    void whatWasBilledIsNotReversedWhenItsPriceIsTakenBack() {
        // Given
        world.price(14, "1.5", LONG_AGO_DAY);
        world.line.tick(CLOSE);
        world.lines();
        world.withdrawPrices();

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.lines()).isEmpty();
        assertThat(world.line.held())
                .extracting(HeldLine::getReason, HeldLine::getQuantity, HeldLine::getBilledQuantity)
                .containsExactly(tuple(HoldReason.NO_PRICE, "2000", "2000"));
    }

    @Test
    void aDayIsNotForgottenWhileItIsHeld() {
        // Given
        Instant monthsLater = CLOSE.plus(Duration.ofDays(100));
        world.line.tick(monthsLater);
        world.price(14, "1.5", DAY);

        // When
        world.line.tick(monthsLater.plus(HOUR));

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_1 14 revision 0: 2000 for 3.00, net 2000 for 3.00");
    }

    @Test
    void aDayIsForgottenWhenItIsHeldNoMore() {
        // Given
        Instant monthsLater = CLOSE.plus(Duration.ofDays(100));
        world.line.tick(monthsLater);
        world.price(14, "1.5", DAY);
        world.line.tick(monthsLater.plus(HOUR));
        world.lines();
        world.bind(null, MIDNIGHT);

        // When
        world.line.tick(monthsLater.plus(HOUR).plus(HOUR));

        // Then
        assertThat(world.lines()).isEmpty();
    }
}
