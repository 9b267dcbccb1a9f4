package io.weir.deploy.held;

import io.weir.deploy.console.Failure;
import io.weir.feecenter.FeeCenterConfig;
import io.weir.wire.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the fee center is set up: the options that name its settings. */
final class FeeCenterSettings {

    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Place place;

    /** One of two. */
    static final class Place {

        @Option(
                names = "--fee-center",
                paramLabel = "FILE",
                description =
                        "The fee center's own properties file. Environment variables win over it, as they do for the"
                                + " application.")
        private @Nullable Path file;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "Instead: the data folder of a stack that runs, as of quickstart --keep --data DIR.")
        private @Nullable Path data;
    }

    /** The settings as the fee center reads them, or a failure that names all mistakes in them. */
    FeeCenterConfig read() {
        return place.data == null
                ? read(String.valueOf(place.file), System.getenv())
                : read(place.data.resolve("billing-sink.properties").toString(), Map.of());
    }

    private static FeeCenterConfig read(String file, Map<String, String> environment) {
        Settings settings = Settings.load(new String[] {file}, environment);
        FeeCenterConfig config = FeeCenterConfig.from(settings);
        List<String> mistakes = settings.mistakes();
        if (!mistakes.isEmpty()) {
            throw new Failure("The settings in " + file + " are not right:\n  " + String.join("\n  ", mistakes));
        }
        return config;
    }
}
