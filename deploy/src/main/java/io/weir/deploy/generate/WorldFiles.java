package io.weir.deploy.generate;

import io.weir.deploy.scenario.ScenarioWriter;
import java.io.InputStream;
import java.util.Objects;

/** A world as the control files of a scenario, with a catalogue and a price book of list prices. */
public final class WorldFiles {

    private WorldFiles() {}

    /** Writes all control files. */
    public static void write(World world, ScenarioWriter scenario) {
        scenario.control("sites.json", world.sites());
        scenario.control("workspaces.json", world.workspaces());
        scenario.control("accounts.json", world.accounts());
        scenario.control("bindings.json", world.bindings());
        scenario.control("catalogue.json", resource("catalogue.json"));
        scenario.control("price-book.json", resource("price-book.json"));
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(WorldFiles.class.getResourceAsStream(name), name);
    }
}
