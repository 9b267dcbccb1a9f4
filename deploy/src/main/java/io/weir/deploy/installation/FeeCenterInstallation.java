package io.weir.deploy.installation;

import io.weir.feecenter.FeeCenterConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a command that looks at the ledger: where the fee center is set up. */
public final class FeeCenterInstallation {

    @Option(
            names = "--fee-center",
            paramLabel = "FILE",
            description = "The fee center's own properties file. Environment variables win over it,"
                    + " as they do for the application.")
    private @Nullable Path feeCenter;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Instead: the data folder of a stack that runs, as of quickstart --keep --data DIR.")
    private @Nullable Path data;

    /** For picocli. */
    public FeeCenterInstallation() {}

    /** The fee center's settings, or a failure that names the mistakes in them. */
    public FeeCenterConfig feeCenter() {
        return SettingsFile.read("--fee-center", feeCenter, data, "billing-sink", FeeCenterConfig::from);
    }
}
