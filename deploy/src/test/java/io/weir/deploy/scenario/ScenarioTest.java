package io.weir.deploy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.billing.BindingChange;
import io.weir.billing.CatalogueChange;
import io.weir.billing.PriceBookChange;
import io.weir.billing.RetentionChange;
import io.weir.billing.SiteChange;
import io.weir.billing.UnitModel;
import io.weir.billing.WorkspaceChange;
import io.weir.deploy.console.Failure;
import io.weir.usage.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTest {

    private static final Path TINY = Path.of("src/test/resources/scenarios/tiny");

    @TempDir
    Path folder;

    @Test
    void controlRecordsComeInAnOrderInWhichNoneRefersToALaterOne() {
        // When
        List<Class<?>> kinds = Scenario.open(TINY).control().stream()
                .<Class<?>>map(change -> change.record().getChange().getClass())
                .distinct()
                .toList();

        // Then
        assertThat(kinds)
                .extracting(Class::getSimpleName)
                .containsExactly(
                        "CatalogueChange",
                        "PriceBookChange",
                        "SiteChange",
                        "WorkspaceChange",
                        "RetentionChange",
                        "AccountChange",
                        "BindingChange");
    }

    @Test
    void controlRecordsSayWhatTheFilesSay() {
        // When
        List<Object> changes = Scenario.open(TINY).control().stream()
                .map(change -> change.record().getChange())
                .toList();

        // Then
        assertThat(changes).filteredOn(SiteChange.class::isInstance).hasSize(2);
        assertThat(changes).filteredOn(WorkspaceChange.class::isInstance).hasSize(3);
        assertThat(changes)
                .contains(
                        new RetentionChange("wksp_examples", "logs", "", 7, Instant.parse("2026-01-01T00:00:00Z")),
                        new BindingChange("wksp_berlin", "acct_north", Instant.parse("2026-03-03T11:20:00Z"), 2L));
        assertThat(((CatalogueChange) changes.get(0)).getItems()).hasSize(15);
        assertThat(((PriceBookChange) changes.get(1)).getEntries().get(0).getModel())
                .isEqualTo(new UnitModel("0.6"));
    }

    @Test
    void controlRecordsHaveTheIdOfWhatChangesAsKey() {
        // When
        Stream<String> keys = Scenario.open(TINY).control().stream()
                .filter(change -> change.record().getChange() instanceof BindingChange)
                .map(ControlChange::key);

        // Then
        assertThat(keys).containsExactly("wksp_examples", "wksp_berlin", "wksp_berlin", "wksp_trial");
    }

    @Test
    void usageIsWrittenAsItWasRead() throws IOException {
        // Given
        List<String> lines = Files.readAllLines(TINY.resolve("usage.ndjson"));

        // When
        try (ScenarioWriter writer = ScenarioWriter.in(folder);
                Stream<UsageRecord> usage = Scenario.open(TINY).usage()) {
            usage.forEach(writer::usage);
        }

        // Then
        assertThat(folder.resolve("usage.ndjson")).content().isEqualTo(String.join("\n", lines) + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ingest\":\"2026-03-01T16:00:00.000Z\",\"key\":null,\"value\":null}",
                "{\"ingest\":\"2026-03-01T16:00:00.000Z\",\"key\":\"wksp\",\"raw\":\"AAECAw==\"}",
                "{\"ingest\":\"2026-03-01T16:00:00.007Z\",\"key\":\"other\",\"value\":{\"workspace_id\":\"\",\"source\":\"s\","
                        + "\"sequence\":9223372036854775807,\"event_id\":\"\",\"occurred_at\":\"2026-03-01T16:00:00.000Z\","
                        + "\"resource\":\"\",\"readings\":{\"spans\":\"-9223372036854775808\",\"spans\":\"1\"}}}"
            })
    void whatIsWrongWithARecordIsKept(String line) throws IOException {
        assertThat(UsagePrinter.write(UsageParser.read(line))).isEqualTo(line);
    }

    @Test
    void aMeterThatStandsTwiceIsReadTwice() throws IOException {
        // When
        UsageRecord record = UsageParser.read("{\"ingest\":\"2026-03-01T16:00:00.000Z\",\"key\":\"w\",\"value\":{"
                + "\"workspace_id\":\"w\",\"source\":\"s\",\"sequence\":null,\"event_id\":\"e\","
                + "\"occurred_at\":\"2026-03-01T16:00:00.000Z\",\"resource\":\"\","
                + "\"readings\":{\"spans\":\"2\",\"spans\":\"3\"}}}");

        // Then
        assertThat(((UsageRecord.Event) record).value().getReadings())
                .containsExactly(new Reading("spans", 2L), new Reading("spans", 3L));
    }

    @Test
    void aLineThatIsNoRecordIsNamedByItsNumber() throws IOException {
        // Given
        copyTinyWithUsage("{\"ingest\":\"2026-03-01T16:00:00.000Z\",\"key\":null,\"value\":null}\n{\"ingest\":7}\n");

        // Then
        try (Stream<UsageRecord> usage = Scenario.open(folder).usage()) {
            assertThatThrownBy(usage::toList).isInstanceOf(Failure.class).hasMessageContaining("usage.ndjson, line 2");
        }
    }

    @Test
    void aFolderThatLacksAFileIsNoScenario() {
        assertThatThrownBy(() -> Scenario.open(folder))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll(folder.toString(), "catalogue.json");
    }

    private void copyTinyWithUsage(String usage) throws IOException {
        try (Stream<Path> files = Files.list(TINY)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Files.writeString(folder.resolve("usage.ndjson"), usage);
    }
}
