package io.weir.metering;

import static io.weir.metering.SmallWorld.CLOSE;
import static io.weir.metering.SmallWorld.LONG_AGO_DAY;
import static io.weir.metering.SmallWorld.TEN;
import static io.weir.metering.SmallWorld.WORKSPACE;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.metering.intake.Outcome;
import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * State that an earlier release wrote is read by this one. {@code src/test/resources/state} has a file for each release whose
 * formats differ: all entries of all stores after the same small history.
 *
 * <p>If {@link #whatThisReleaseWritesIsInAFile} fails, a stored format has changed: raise its version, let its reader take the old
 * one as well, and add a file beside the old ones, which stay: {@code -Dtest=OldStateTest -Dweir.state.write=0.2}, and name it in {@link #NEWEST}.
 */
class OldStateTest {

    private static final Path FILES = Path.of("src/test/resources/state");
    private static final String NEWEST = "0.1";
    private static final byte FROM_THE_FUTURE = 99;

    @TempDir
    Path folder;

    static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(FILES)) {
            return all.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aLineGoesOnFromTheStateOfAnEarlierReleaseAsFromItsOwn(Path file) throws IOException {
        try (SmallWorld own = new SmallWorld(folder.resolve("own"));
                SmallWorld found = foundState(StoredState.read(file))) {
            // Given
            terms(own);
            begin(own);
            own.lines();

            // When
            goOn(own);
            goOn(found);

            // Then
            assertThat(found.lines()).isEqualTo(own.lines()).isNotEmpty();
            assertThat(outcomes(found)).isEqualTo(outcomes(own)).containsEntry(Outcome.DUPLICATE, 2L);
            assertThat(found.line.missing()).isEqualTo(own.line.missing());
        }
    }

    @Test
    void whatThisReleaseWritesIsInAFile() throws IOException {
        StoredState written = written();
        String release = System.getProperty("weir.state.write");
        if (release != null) {
            Files.write(FILES.resolve(release + ".txt"), written.rows());
        }
        assertThat(written.rows())
                .as("a stored format has changed: see the comment of this class")
                .isEqualTo(StoredState.read(FILES.resolve(NEWEST + ".txt")).rows());
    }

    @Test
    void everyStoreHasEntriesInTheFile() throws IOException {
        assertThat(StoredState.read(FILES.resolve(NEWEST + ".txt")).byStore())
                .containsOnlyKeys(MeteringTopology.LOGGED.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"partition", "sources", "seen-ids", "gaps", "window-totals", "agenda", "billed"})
    void stateOfANewerReleaseIsRefusedWithWhatToDo(String store) throws IOException {
        // Given
        StoredState newer = StoredState.read(FILES.resolve(NEWEST + ".txt")).inFormat(FROM_THE_FUTURE, store);

        // When / Then
        assertThatThrownBy(() -> goOn(foundState(newer)))
                .rootCause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a stored value has format 99, this release reads 1 to")
                .hasMessageContaining("run the release that wrote it or a newer one");
    }

    private static Map<Outcome, Long> outcomes(SmallWorld world) {
        return Stream.of(Outcome.values())
                .collect(
                        toMap(outcome -> outcome, outcome -> world.line.counts().of(outcome)));
    }

    private StoredState written() {
        try (SmallWorld world = new SmallWorld(folder.resolve("written"))) {
            terms(world);
            begin(world);
            // The rules of the time zones depend on the JVM; an old version of them fits every one.
            new Origin(1, "2020a", new TreeMap<>(Map.of())).remember(world.line.store(MeteringTopology.PARTITION));
            return StoredState.of(world.line);
        }
    }

    private SmallWorld foundState(StoredState state) {
        SmallWorld world = new SmallWorld(folder.resolve("before"));
        terms(world);
        world.line.rebuilt(folder.resolve("found"), state.byStore());
        return world;
    }

    /** Logs have a price if they are kept for 14 days; from ten o'clock on they are kept for 30, which has none. */
    private static void terms(SmallWorld world) {
        world.price(14, "1.5", LONG_AGO_DAY);
        world.retain(30, TEN);
    }

    /** A day is closed with a line and a part that is held, late usage waits for its correction, and the next day is open. */
    private static void begin(SmallWorld world) {
        use(world, 0L, "numbered", TEN.minus(Duration.ofHours(1)), TEN);
        use(world, 5L, "numbered", TEN, TEN);
        use(world, null, "by-id", TEN.minus(Duration.ofHours(2)), TEN);
        world.line.tick(CLOSE);
        use(world, 6L, "numbered", TEN.minus(Duration.ofHours(1)), CLOSE.plus(Duration.ofMinutes(5)));
        use(world, 7L, "numbered", CLOSE, CLOSE.plus(Duration.ofMinutes(6)));
    }

    /** All of it is sent again, what was held gets a price, corrections and the next close fall due, and old days are let go. */
    private static void goOn(SmallWorld world) {
        use(world, 0L, "numbered", TEN.minus(Duration.ofHours(1)), CLOSE.plus(Duration.ofMinutes(7)));
        use(world, null, "by-id", TEN.minus(Duration.ofHours(2)), CLOSE.plus(Duration.ofMinutes(7)));
        world.line.tick(CLOSE.plus(Duration.ofHours(1)));
        world.price(30, "2.0", LONG_AGO_DAY);
        world.line.tick(CLOSE.plus(Duration.ofHours(2)));
        world.line.tick(CLOSE.plus(Duration.ofDays(1)));
        world.line.tick(CLOSE.plus(Duration.ofDays(40)));
    }

    private static void use(SmallWorld world, @Nullable Long sequence, String id, Instant occurredAt, Instant ingest) {
        world.line.arrive(
                ingest,
                new UsageEvent(
                        WORKSPACE,
                        "source",
                        sequence,
                        id,
                        occurredAt,
                        "",
                        List.of(new Reading("log_records", 1_000L))));
    }
}
