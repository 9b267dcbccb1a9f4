package io.weir.deploy.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.AccountChange;
import io.weir.billing.BindingChange;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.scenario.UsageRecord;
import io.weir.usage.UsageEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GenerateTest {

    private static final int EVENTS = 20_000;

    @TempDir
    static Path folder;

    private static List<UsageRecord> usage = List.of();

    @BeforeAll
    static void generateOnce() {
        usage = generate("once", 7);
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        // When
        generate("again", 7);

        // Then
        for (String name : List.of("usage.ndjson", "sites.json", "workspaces.json", "accounts.json", "bindings.json")) {
            assertThat(Files.mismatch(
                            folder.resolve("once").resolve(name),
                            folder.resolve("again").resolve(name)))
                    .as(name)
                    .isEqualTo(-1);
        }
    }

    @Test
    void anotherSeedGivesOtherUsage() {
        assertThat(generate("other", 8)).isNotEqualTo(usage);
    }

    @Test
    void asManyRecordsAreWrittenAsAskedForInTheOrderOfTheirArrival() {
        assertThat(usage).hasSize(EVENTS).isSortedAccordingTo(Comparator.comparing(UsageRecord::ingest));
    }

    @Test
    void someRecordsArriveTwice() {
        // When
        Set<UsageEvent> distinct = new HashSet<>(events());

        // Then
        assertThat(EVENTS - distinct.size()).isBetween(EVENTS / 200, EVENTS / 50);
    }

    @Test
    void someEventsAreOvertakenAndSomeAreHoursLate() {
        // When
        List<Duration> delays = usage.stream()
                .map(record ->
                        Duration.between(((UsageRecord.Event) record).value().getOccurredAt(), record.ingest()))
                .toList();

        // Then
        assertThat(delays).allMatch(delay -> delay.toMillis() > 0);
        assertThat(delays.stream().filter(delay -> delay.compareTo(Duration.ofMinutes(1)) > 0))
                .hasSizeGreaterThan(EVENTS / 50);
        assertThat(delays.stream().filter(delay -> delay.compareTo(Duration.ofHours(2)) > 0))
                .hasSizeGreaterThan(EVENTS / 500);
    }

    @Test
    void mostProducersNumberTheirEventsFromZero() {
        // When
        long counted =
                events().stream().filter(event -> event.getSequence() != null).count();
        Set<String> sources = new HashSet<>();
        events().stream()
                .filter(event -> event.getSequence() != null && event.getSequence() == 0)
                .forEach(event -> sources.add(event.getSource()));

        // Then
        assertThat(counted).isBetween(EVENTS / 2L, EVENTS - 1L);
        assertThat(sources).hasSizeGreaterThan(50);
    }

    @Test
    void theUsageSpreadsOverTheDays() {
        // Then
        assertThat(Duration.between(usage.get(0).ingest(), usage.get(EVENTS - 1).ingest()))
                .isBetween(Duration.ofDays(2), Duration.ofDays(4));
    }

    @Test
    void theWorldHasSitesWorkspacesAndAccountsInTwoCurrenciesThatChangeHands() {
        // When
        List<Object> control = Scenario.open(folder.resolve("once")).control().stream()
                .map(change -> change.record().getChange())
                .toList();

        // Then
        assertThat(control).filteredOn(SiteChange.class::isInstance).hasSize(5);
        assertThat(control).filteredOn(WorkspaceChange.class::isInstance).hasSize(40);
        assertThat(control)
                .filteredOn(AccountChange.class::isInstance)
                .extracting(change -> ((AccountChange) change).getCurrency())
                .contains("CNY", "USD");
        assertThat(control)
                .filteredOn(BindingChange.class::isInstance)
                .anyMatch(binding -> ((BindingChange) binding).getSeq() == 2);
    }

    private static List<UsageEvent> events() {
        return usage.stream()
                .map(record -> ((UsageRecord.Event) record).value())
                .toList();
    }

    private static List<UsageRecord> generate(String name, long seed) {
        Path out = folder.resolve(name);
        int status = new CommandLine(new Generate())
                .execute("--events", Integer.toString(EVENTS), "--seed", Long.toString(seed), out.toString());
        assertThat(status).isZero();
        try (Stream<UsageRecord> written = Scenario.open(out).usage()) {
            return written.toList();
        }
    }
}
