package io.weir.metering;

import static io.weir.metering.SmallWorld.ACCOUNT;
import static io.weir.metering.SmallWorld.LONG_AGO;
import static io.weir.metering.SmallWorld.LONG_AGO_DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.billing.AccountChange;
import io.weir.billing.GraduatedModel;
import io.weir.billing.HeldLine;
import io.weir.billing.HoldReason;
import io.weir.billing.PriceBookChange;
import io.weir.billing.PriceEntry;
import io.weir.billing.PriceGroup;
import io.weir.billing.PriceTier;
import io.weir.billing.UnitModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bindings, accounts and prices that are wrong, missing, late or odd (rules.md §1, §6); each test with a workspace of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadTermsTest {

    private static final Instant FAR_AHEAD = Instant.parse("2199-01-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private Neighbours neighbours;
    private String workspace;
    private Instant ten;
    private Instant midnight;
    private int retentionDays = 100;

    @BeforeAll
    void begin(@TempDir Path state) {
        neighbours = new Neighbours(state);
        Stream.of("acct_a", "acct_b").forEach(neighbours.world::account);
    }

    @AfterAll
    void end() {
        neighbours.close();
    }

    @BeforeEach
    void aWorkspace() {
        workspace = neighbours.newWorkspace();
        ten = neighbours.now();
        midnight = ten.minus(Duration.ofHours(10));
        neighbours.world.line.held();
    }

    @AfterEach
    void theLineGoesOn() {
        neighbours.assertTheLineGoesOn();
    }

    @Test
    void usageAfterABindingEndedIsMeteredAndNotBilled() {
        // Given
        neighbours.bind(workspace, "acct_a", LONG_AGO, 0);
        neighbours.bind(workspace, null, ten.plus(HOUR), 1);

        // When
        neighbours.use(workspace, 1000, ten);
        neighbours.use(workspace, 5000, ten.plus(Duration.ofMinutes(5)));
        neighbours.assertTheLineGoesOn();
        Instant nextTen = neighbours.now();
        neighbours.use(workspace, 7000, nextTen);
        neighbours.assertTheLineGoesOn();

        // Then
        assertThat(neighbours.linesOf(workspace)).containsExactly("acct_a revision 0: 6000 for 9.00");
    }

    @Test
    void usageBeforeTheFirstBindingIsBilledOnceABindingIsBackDatedBeforeIt() {
        // Given
        neighbours.use(workspace, 1000, ten);
        neighbours.assertTheLineGoesOn();
        assertThat(neighbours.linesOf(workspace)).isEmpty();

        // When
        neighbours.bind(workspace, "acct_a", midnight, 0);
        neighbours.assertTheLineGoesOn();

        // Then
        assertThat(neighbours.linesOf(workspace)).containsExactly("acct_a revision 0: 1000 for 1.50");
    }

    @Test
    void aBindingInsideAWindowCountsFromTheNextWindow() {
        // Given
        neighbours.bind(workspace, "acct_a", ten.minus(HOUR).plusMillis(1), 0);

        // When
        neighbours.use(workspace, 1000, ten.minusMillis(1));
        neighbours.use(workspace, 2000, ten);
        neighbours.assertTheLineGoesOn();

        // Then
        assertThat(neighbours.linesOf(workspace)).containsExactly("acct_a revision 0: 2000 for 3.00");
    }

    @Test
    void ofTwoBindingsInOneWindowTheHighestSeqCountsThoughItsInstantIsEarlier() {
        // Given
        neighbours.bind(workspace, "acct_a", ten.minusSeconds(1), 0);
        neighbours.bind(workspace, "acct_b", ten.minusSeconds(2), 1);

        // When
        neighbours.use(workspace, 1000, ten);
        neighbours.assertTheLineGoesOn();

        // Then
        assertThat(neighbours.linesOf(workspace)).containsExactly("acct_b revision 0: 1000 for 1.50");
    }

    @Test
    void anOlderBindingThatArrivesAfterANewerOneCompletesTheHistory() {
        // Given
        neighbours.bind(workspace, "acct_b", ten, 1);
        neighbours.use(workspace, 1000, ten.minusMillis(1));
        neighbours.use(workspace, 2000, ten);
        neighbours.assertTheLineGoesOn();
        assertThat(neighbours.linesOf(workspace)).containsExactly("acct_b revision 0: 2000 for 3.00");

        // When
        neighbours.bind(workspace, "acct_a", midnight, 0);
        neighbours.assertTheLineGoesOn();

        // Then
        assertThat(neighbours.linesOf(workspace)).containsExactly("acct_a revision 0: 1000 for 1.50");
    }

    @Test
    void aGapInTheSeqOfBindingsIsNoObstacleAndTheMissingOneCorrects() {
        // Given
        neighbours.bind(workspace, "acct_a", midnight, 0);
        neighbours.bind(workspace, "acct_b", ten.plus(HOUR), 2);
        neighbours.use(workspace, 1000, ten);
        neighbours.assertTheLineGoesOn();
        assertThat(neighbours.linesOf(workspace)).containsExactly("acct_a revision 0: 1000 for 1.50");

        // When
        neighbours.bind(workspace, null, ten, 1);
        neighbours.assertTheLineGoesOn();

        // Then
        assertThat(neighbours.linesOf(workspace)).containsExactly("acct_a revision 1: -1000 for -1.50");
    }

    @Test
    void aBindingBackDatedBy40DaysCorrectsTheDaysThatAreKept() {
        // Given
        neighbours.use(workspace, 1000, ten);
        neighbours.assertTheLineGoesOn();

        // When
        neighbours.bind(workspace, "acct_a", ten.minus(Duration.ofDays(40)), 0);
        neighbours.assertTheLineGoesOn();

        // Then
        assertThat(neighbours.linesOf(workspace)).containsExactly("acct_a revision 0: 1000 for 1.50");
    }

    @Test
    void aBindingFarAheadHasNoEffectNow() {
        // Given
        neighbours.bind(workspace, "acct_a", midnight, 0);
        neighbours.bind(workspace, "acct_b", FAR_AHEAD, 1);

        // When
        neighbours.use(workspace, 1000, ten);
        neighbours.assertTheLineGoesOn();

        // Then
        assertThat(neighbours.linesOf(workspace)).containsExactly("acct_a revision 0: 1000 for 1.50");
    }

    @Test
    void usageOfAnUnknownAccountIsHeldUntilTheAccountArrives() {
        // Given
        neighbours.bind(workspace, "acct_unknown", midnight, 0);
        neighbours.use(workspace, 1000, ten);
        neighbours.assertTheLineGoesOn();
        assertThat(neighbours.linesOf(workspace)).isEmpty();
        assertThat(neighbours.world.line.held())
                .extracting(HeldLine::getWorkspaceId, HeldLine::getReason)
                .containsExactly(tuple(workspace, HoldReason.UNKNOWN_ACCOUNT));

        // When
        neighbours.world.account("acct_unknown");
        neighbours.assertTheLineGoesOn();

        // Then
        assertThat(neighbours.linesOf(workspace)).containsExactly("acct_unknown revision 0: 1000 for 1.50");
    }

    @Test
    void usageWithoutAPriceIsHeldUntilThePriceArrives() {
        // Given
        billed(1000);
        assertThat(neighbours.linesOf(workspace)).isEmpty();
        assertThat(neighbours.world.line.held())
                .extracting(HeldLine::getWorkspaceId, HeldLine::getReason)
                .containsExactly(tuple(workspace, HoldReason.NO_PRICE));

        // When
        neighbours.world.price(retentionDays, "2", LONG_AGO_DAY);
        neighbours.assertTheLineGoesOn();

        // Then
        assertThat(neighbours.linesOf(workspace)).containsExactly("acct_a revision 0: 1000 for 2.00");
    }

    /** The last two are halves: they round up, and a third is no finite decimal. */
    @ParameterizedTest
    @CsvSource({
        "0, 1000, 0.00",
        "0.000000000001, 1000, 0.00",
        "0.000000000001, 1000000000000, 0.00",
        "1000000000000, 1000, 1000000000000.00",
        "1000000000000, 1, 1000000000.00",
        "0.333333, 3000, 1.00",
        "0.005, 1000, 0.01",
        "0.015, 1000, 0.02",
    })
    void anOddPriceIsExactAndRoundedOncePerLine(String unitPrice, long records, String amount) {
        // Given
        neighbours.world.price(retentionDays + 1, unitPrice, LONG_AGO_DAY);

        // When
        billed(records);

        // Then
        assertThat(neighbours.linesOf(workspace))
                .containsExactly("acct_a revision 0: %d for %s".formatted(records, amount));
    }

    @Test
    void aCorrectionByAHalfIsTheDifferenceOfTwoRoundedAmounts() {
        // Given
        neighbours.world.price(retentionDays + 1, "0.005", LONG_AGO_DAY);
        billed(3000);
        assertThat(neighbours.linesOf(workspace)).containsExactly("acct_a revision 0: 3000 for 0.02");

        // When
        neighbours.world.price(retentionDays, "0.0025", LONG_AGO_DAY);
        neighbours.assertTheLineGoesOn();

        // Then
        assertThat(neighbours.linesOf(workspace)).containsExactly("acct_a revision 1: 0 for -0.01");
    }

    @Test
    void oneEventThatPassesABoundOfTiersCostsByItsParts() {
        // Given
        List<PriceTier> tiers = List.of(new PriceTier("2", "10", "0"), new PriceTier(null, "1", "5"));
        neighbours.world.price("CNY", retentionDays + 1, new GraduatedModel(tiers), LONG_AGO_DAY);

        // When
        billed(3000);

        // Then
        assertThat(neighbours.linesOf(workspace)).containsExactly("acct_a revision 0: 3000 for 26.00");
    }

    static Stream<SpecificRecord> contradictions() {
        PriceEntry negative = entry("-1");
        return Stream.of(
                new PriceBookChange("negative", List.of(negative)),
                new PriceBookChange("twice", List.of(entry("1"), entry("2"))),
                new AccountChange("acct_new", "somebody", "XXX"),
                new AccountChange("acct_a", "user of acct_a", "USD"));
    }

    private static PriceEntry entry(String price) {
        return new PriceEntry("CNY", PriceGroup.CN, "log", 14, LONG_AGO_DAY, new UnitModel(price));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void whatContradictsIsRefusedAndWhatStoodBeforeStays(SpecificRecord change) {
        // Given
        neighbours.bind(workspace, ACCOUNT, LONG_AGO, 0);
        neighbours.use(workspace, 1000, ten);
        neighbours.assertTheLineGoesOn();
        assertThat(neighbours.linesOf(workspace)).containsExactly("acct_1 revision 0: 1000 for 1.50");

        // When
        neighbours.world.line.record(change);
        neighbours.assertTheLineGoesOn();

        // Then
        assertThat(neighbours.linesOf(workspace)).isEmpty();
    }

    /** So many records of a workspace whose retention nobody else has, in a day that is closed. */
    private void billed(long records) {
        retentionDays++;
        neighbours.bind(workspace, "acct_a", LONG_AGO, 0);
        neighbours.retain(workspace, retentionDays);
        neighbours.use(workspace, records, ten);
        neighbours.assertTheLineGoesOn();
    }
}
