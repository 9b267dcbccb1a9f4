package io.weir.deploy.installation;

import io.weir.metering.MeteringConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a command that looks at the metering stream's topics: where that application is set up. */
public final class MeteringInstallation {

    @Option(
            names = "--metering",
            paramLabel = "FILE",
            description = "The metering stream's own properties file. Environment variables win over it,"
                    + " as they do for the application.")
    private @Nullable Path metering;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Instead: the data folder of a stack that runs, as of quickstart --keep --data DIR.")
    private @Nullable Path data;

    /** For picocli. */
    public MeteringInstallation() {}

    /** The metering stream's settings, or a failure that names the mistakes in them. */
    public MeteringConfig metering() {
        return SettingsFile.read("--metering", metering, data, "metering-stream", MeteringConfig::from);
    }
}
