package io.weir.publish;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.usage.UsageEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found on the disk after a process, a second process or the disk itself did something to it. */
class SpoolTest {

    @TempDir
    Path folder;

    @Test
    void whatIsStoredIsFoundByTheNextStartInItsOrder() throws Exception {
        // Given
        try (Spool spool = Spool.open(folder)) {
            store(spool, 1, "wksp_a");
            store(spool, 2, "wksp_b");
            store(spool, 3, "wksp_c");
            spool.store(change(List.of(2L), List.of(), Map.of()));
        }

        // Then
        try (Spool spool = Spool.open(folder)) {
            assertThat(workspaces(spool)).containsExactly("wksp_a", "wksp_c");
            assertThat(spool.foundEvents()).isEqualTo(2);
            assertThat(spool.stored()).isEqualTo(3);
        }
    }

    @Test
    void whatWasPutAsideIsTriedAgainByTheNextStart() throws Exception {
        try (Spool spool = Spool.open(folder)) {
            store(spool, 1, "wksp_a");
            store(spool, 2, "wksp_b");
            spool.store(change(List.of(), List.of(1L), Map.of()));
            assertThat(workspaces(spool)).containsExactly("wksp_b");
        }
        try (Spool spool = Spool.open(folder)) {
            assertThat(workspaces(spool)).containsExactly("wksp_a", "wksp_b");
        }
    }

    @Test
    void aSpoolBelongsToOnePublisher() throws Exception {
        try (Spool spool = Spool.open(folder)) {
            store(spool, 1, "wksp_a");
            assertThatThrownBy(() -> Spool.open(folder))
                    .isInstanceOf(SpoolUnusable.class)
                    .hasMessageContaining("is in use by another publisher");
        }
        Spool.open(folder).close();
    }

    @Test
    void aSpoolBelongsToOneProcess() throws Exception {
        try (Spool spool = Spool.open(folder)) {
            store(spool, 1, "wksp_a");
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Opening.class.getName(),
                            folder.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(other.getInputStream().readAllBytes(), UTF_8))
                    .contains("is in use by another publisher");
        }
    }

    @Test
    void whatACrashTearsOffTheEndCostsNothingThatWasStoredBefore() throws Exception {
        // Given
        Path torn = folder.resolve("torn");
        try (Spool spool = Spool.open(folder)) {
            store(spool, 1, "wksp_a");
            long stored = Files.size(folder.resolve("usage.spool"));
            store(spool, 2, "wksp_b");
            copy(torn, (stored + Files.size(folder.resolve("usage.spool"))) / 2);
        }

        // Then
        try (Spool spool = Spool.open(torn)) {
            assertThat(workspaces(spool)).startsWith("wksp_a");
        }
    }

    @Test
    void anEventThatHasChangedOnTheDiskIsSaidAndNotPassedOver() throws Exception {
        // Given
        try (Spool spool = Spool.open(folder)) {
            store(spool, 1, "wksp_a");
            store(spool, 2, "wksp_damaged");
            store(spool, 3, "wksp_c");
        }

        // When
        replaceAll(folder.resolve("usage.spool"), "wksp_damaged", "wksp_changed");

        // Then
        assertThatThrownBy(() -> Spool.open(folder))
                .isInstanceOf(SpoolUnusable.class)
                .hasMessageContaining("position 2 of the spool has changed since it was written")
                .hasMessageContaining("Move it away and keep it");
    }

    @Test
    void theFileDoesNotGrowWhileEventsComeAndGo() throws Exception {
        try (Spool spool = Spool.open(folder)) {
            for (long position = 1; position <= 2_000; position++) {
                List<Long> sent = position > 10 ? List.of(position - 10) : List.of();
                spool.store(change(
                        sent, List.of(), Map.of(position, event(spool, "wksp_a").encode(position))));
            }
            assertThat(Files.size(folder.resolve("usage.spool"))).isLessThan(1 << 20);
        }
    }

    private static void store(Spool spool, long position, String workspaceId) {
        spool.store(change(
                List.of(), List.of(), Map.of(position, event(spool, workspaceId).encode(position))));
    }

    private static SpoolChange change(List<Long> sent, List<Long> refused, Map<Long, byte[]> added) {
        return new SpoolChange(sent, refused, added, SpoolChange.none().onDisk());
    }

    private static SpooledEvent event(Spool spool, String workspaceId) {
        Usage usage = new Usage(workspaceId, Instant.EPOCH, "", Map.of("spans", 1L));
        return SpooledEvent.of(Numbers.event(usage, "source", 0), spool.remember(UsageEvent.getClassSchema()));
    }

    private static List<String> workspaces(Spool spool) throws IOException {
        return spool.behind(0, 10, 0).values().stream()
                .map(event -> event.number().workspaceId())
                .toList();
    }

    /** The first bytes of the file as they are while it is open. */
    private void copy(Path target, long bytes) throws IOException {
        Files.createDirectories(target);
        Path file = target.resolve("usage.spool");
        Files.copy(folder.resolve("usage.spool"), file, StandardCopyOption.REPLACE_EXISTING);
        try (RandomAccessFile copy = new RandomAccessFile(file.toFile(), "rw")) {
            copy.setLength(bytes);
        }
    }

    private static void replaceAll(Path file, String old, String replacement) throws IOException {
        String bytes = Files.readString(file, ISO_8859_1);
        Files.writeString(file, bytes.replace(old, replacement), ISO_8859_1);
    }

    /** A process that tries to open the spool. */
    static final class Opening {

        public static void main(String[] arguments) throws IOException {
            try (Spool spool = Spool.open(Path.of(arguments[0]))) {
                System.out.println("opened with " + spool.foundEvents());
            } catch (SpoolUnusable refused) {
                System.out.println(refused.getMessage());
            }
        }
    }
}
