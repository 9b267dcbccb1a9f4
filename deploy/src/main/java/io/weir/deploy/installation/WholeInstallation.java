package io.weir.deploy.installation;

import io.weir.feecenter.FeeCenterConfig;
import io.weir.metering.MeteringConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a command that looks at everything: where both applications are set up. */
public final class WholeInstallation {

    @Option(
            names = "--metering",
            paramLabel = "FILE",
            description = "The metering stream's own properties file. Environment variables win over it,"
                    + " as they do for the application.")
    private @Nullable Path metering;

    @Option(
            names = "--fee-center",
            paramLabel = "FILE",
            description = "The fee center's own properties file, likewise.")
    private @Nullable Path feeCenter;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Instead of both: the data folder of a stack that runs, as of quickstart --keep --data DIR.")
    private @Nullable Path data;

    /** For picocli. */
    public WholeInstallation() {}

    /** The metering stream's settings, or a failure that names the mistakes in them. */
    public MeteringConfig metering() {
        return SettingsFile.read("--metering", metering, data, "metering-stream", MeteringConfig::from);
    }

    /** The fee center's settings, or a failure that names the mistakes in them. */
    public FeeCenterConfig feeCenter() {
        return SettingsFile.read("--fee-center", feeCenter, data, "billing-sink", FeeCenterConfig::from);
    }
}
