package io.weir.deploy.audit;

import io.weir.billing.Aggregation;
import io.weir.billing.CatalogueChange;
import io.weir.billing.MeterDefinition;
import io.weir.billing.PriceGroup;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import java.util.List;

/** One site in Berlin with one workspace, a meter that adds up and one that is a peak. */
final class TestFacts {

    private TestFacts() {}

    static ControlFacts facts() {
        ControlFacts facts = new ControlFacts();
        facts.learn(new CatalogueChange(
                "1",
                null,
                List.of(
                        new MeterDefinition("log_records", Aggregation.SUM, 1_000_000L),
                        new MeterDefinition("series", Aggregation.MAX, 1_000_000L)),
                List.of()));
        facts.learn(new SiteChange("eu1", "Europe/Berlin", PriceGroup.INTL, "AWS"));
        facts.learn(new WorkspaceChange("wksp", "eu1"));
        return facts;
    }
}
