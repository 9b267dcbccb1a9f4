package io.weir.deploy.stack;

import io.weir.deploy.console.Failure;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the built project lies: the jars and the schema registry that the stack starts. */
final class Installation {

    private static final Path ROOT = root();

    private Installation() {}

    /** A file that the build made, as its path below the project's root. */
    static Path built(String path) {
        Path file = ROOT.resolve(path);
        if (!Files.exists(file)) {
            throw new Failure(file + " is missing. Build it: mvn -DskipTests package, in " + ROOT);
        }
        return file;
    }

    /** The project's root: this class is in ROOT/deploy/target/deploy.jar, or in the classes beside it. */
    private static Path root() {
        try {
            Path code = Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return code.resolve("../../..").normalize();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
