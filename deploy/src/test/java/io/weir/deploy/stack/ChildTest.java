package io.weir.deploy.stack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.deploy.console.Failure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {

    @TempDir
    Path folder;

    @Test
    void anEarlyDeathIsReportedWithTheEndOfTheLog() {
        // Given
        Path log = folder.resolve("child.log");
        Child child = Child.java("registry", log, List.of("-jar", "no-such.jar"));

        // Then
        assertThatThrownBy(() -> child.awaitReady(() -> false))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("registry ended by itself", log.toString(), "no-such.jar");
    }

    @Test
    void aChildThatIsStoppedHasEnded() {
        // Given
        Child child = Child.java(
                "waiter", folder.resolve("child.log"), List.of("-cp", classPath(), "io.weir.deploy.stack.Waiter"));
        child.requireAlive();

        // When
        child.close();

        // Then
        assertThatThrownBy(child::requireAlive).isInstanceOf(Failure.class).hasMessageContaining("status 143");
    }

    @Test
    void aChildThatIsKilledCannotObject() {
        // Given
        Child child = Child.java(
                "waiter", folder.resolve("child.log"), List.of("-cp", classPath(), "io.weir.deploy.stack.Waiter"));

        // When
        child.kill();

        // Then
        assertThatThrownBy(child::requireAlive).isInstanceOf(Failure.class).hasMessageContaining("status 137");
    }

    @Test
    void aKilledChildCanBeStartedAgain() {
        // Given
        Child child = Child.java(
                "waiter", folder.resolve("child.log"), List.of("-cp", classPath(), "io.weir.deploy.stack.Waiter"));
        child.kill();

        // When
        child.startAgain();

        // Then
        assertThatCode(child::requireAlive).doesNotThrowAnyException();
        child.close();
    }

    @Test
    void aFrozenChildEndsOnlyAfterItWasThawed() {
        // Given
        Child child = Child.java(
                "waiter", folder.resolve("child.log"), List.of("-cp", classPath(), "io.weir.deploy.stack.Waiter"));
        child.freeze();

        // When
        child.thaw();
        child.close();

        // Then
        assertThatThrownBy(child::requireAlive).isInstanceOf(Failure.class).hasMessageContaining("status 143");
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }
}
