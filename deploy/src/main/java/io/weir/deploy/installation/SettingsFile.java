package io.weir.deploy.installation;

import io.weir.deploy.console.Failure;
import io.weir.wire.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings of one application as that application reads them. */
public final class SettingsFile {

    private SettingsFile() {}

    /**
     * Reads the settings of an application: from its own properties file and this process's variables, or from the file in the
     * data folder of a stack, for which the variables are not meant.
     *
     * @param option the option that names the properties file, for messages
     * @param file the application's own properties file; null where a data folder is named
     * @param data the data folder of a running stack; null where a file is named
     * @param module the module that the application is, which names its file in a data folder
     * @param reading understands the settings
     * @throws Failure naming every mistake
     */
    public static <C> C read(
            String option, @Nullable Path file, @Nullable Path data, String module, Function<Settings, C> reading) {
        if ((file == null) == (data == null)) {
            throw new Failure("Name either the application's settings with %s FILE or a running stack with --data DIR."
                    .formatted(option));
        }
        return file != null
                ? read(file, System.getenv(), reading)
                : read(inStack(data, module + ".properties"), Map.of(), reading);
    }

    private static Path inStack(@Nullable Path data, String name) {
        Path file = Objects.requireNonNull(data).resolve(name);
        if (!Files.exists(file)) {
            throw new Failure(data + " is not the data folder of a running stack: " + name
                    + " is missing. Start one: deploy/weir quickstart --keep --data DIR");
        }
        return file;
    }

    /** Reads the settings of an application from its properties file alone, without this process's variables. */
    public static <C> C read(Path file, Function<Settings, C> reading) {
        return read(file, Map.of(), reading);
    }

    private static <C> C read(Path file, Map<String, String> environment, Function<Settings, C> reading) {
        Settings settings = Settings.load(new String[] {file.toString()}, environment);
        C config = reading.apply(settings);
        List<String> mistakes = settings.mistakes();
        if (!mistakes.isEmpty()) {
            throw new Failure("The settings in " + file + " are not right:\n  " + String.join("\n  ", mistakes));
        }
        return config;
    }
}
