package io.weir.metering;

import io.weir.billing.AccountChange;
import io.weir.billing.Aggregation;
import io.weir.billing.BindingChange;
import io.weir.billing.CatalogueChange;
import io.weir.billing.FlatModel;
import io.weir.billing.FormulaTerm;
import io.weir.billing.GraduatedModel;
import io.weir.billing.ItemDefinition;
import io.weir.billing.MeterDefinition;
import io.weir.billing.PackageModel;
import io.weir.billing.PriceBookChange;
import io.weir.billing.PriceEntry;
import io.weir.billing.PriceGroup;
import io.weir.billing.PriceTier;
import io.weir.billing.RetentionChange;
import io.weir.billing.SiteChange;
import io.weir.billing.UnitModel;
import io.weir.billing.VolumeModel;
import io.weir.billing.WorkspaceChange;
import io.weir.metering.recomputation.PriceModel;
import io.weir.metering.recomputation.Scenario;
import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Feeds a scenario to the line in memory: all control records first, then usage, then heartbeats until all is issued. */
final class ScenarioFeed {

    private ScenarioFeed() {}

    /** Returns how many heartbeats were added. */
    static int feed(Scenario scenario, MeteringDriver line) {
        control(scenario, line);
        Instant last = Instant.EPOCH;
        for (Scenario.Recorded recorded : scenario.usage()) {
            usage(recorded, line);
            last = recorded.ingest();
        }
        line.tick(last.plus(Duration.ofHours(1)));
        line.tick(last.plus(Duration.ofDays(3)));
        return 2;
    }

    static void control(Scenario scenario, MeteringDriver line) {
        line.record(catalogue(scenario.catalogue()));
        line.record(priceBook(scenario.priceBook()));
        scenario.sites()
                .forEach(site -> line.record(new SiteChange(
                        site.site(), site.zone().getId(), PriceGroup.valueOf(site.group()), site.cloud())));
        scenario.workspaces().forEach(workspace -> workspace(workspace, line));
        scenario.accounts()
                .forEach(account ->
                        line.record(new AccountChange(account.accountId(), account.userName(), account.currency())));
        scenario.bindings()
                .forEach(binding -> line.record(new BindingChange(
                        binding.workspaceId(), binding.accountId(), binding.effectiveFrom(), binding.seq())));
    }

    private static void workspace(Scenario.Workspace workspace, MeteringDriver line) {
        line.record(new WorkspaceChange(workspace.workspaceId(), workspace.site()));
        workspace
                .retention()
                .forEach(setting -> line.record(new RetentionChange(
                        workspace.workspaceId(),
                        setting.category(),
                        setting.resource(),
                        setting.days(),
                        setting.effectiveFrom())));
    }

    private static void usage(Scenario.Recorded recorded, MeteringDriver line) {
        Scenario.Event value = recorded.value();
        if (value != null) {
            line.arrive(recorded.ingest(), recorded.key(), event(value));
        } else if (recorded.raw() != null) {
            line.arrive(recorded.ingest(), recorded.key(), Base64.getDecoder().decode(recorded.raw()));
        } else {
            line.arrive(recorded.ingest(), recorded.key(), (byte[]) null);
        }
    }

    private static UsageEvent event(Scenario.Event event) {
        return new UsageEvent(
                event.workspaceId(),
                event.source(),
                event.sequence(),
                event.eventId(),
                event.occurredAt(),
                event.resource(),
                event.readings().stream()
                        .map(reading -> new Reading(reading.meter(), reading.quantity()))
                        .toList());
    }

    private static CatalogueChange catalogue(Scenario.Catalogue catalogue) {
        return new CatalogueChange(
                "1",
                null,
                catalogue.meters().stream()
                        .map(meter -> new MeterDefinition(
                                meter.meter(),
                                Aggregation.valueOf(meter.aggregation().name()),
                                meter.limitPerEvent().longValueExact()))
                        .toList(),
                catalogue.items().stream().map(ScenarioFeed::item).toList());
    }

    private static ItemDefinition item(Scenario.Item item) {
        return new ItemDefinition(
                item.item(),
                item.category(),
                item.maxOf().stream()
                        .map(term -> new FormulaTerm(term.sumOf(), term.divideBy()))
                        .toList(),
                item.unit().toPlainString(),
                item.defaultRetentionDays());
    }

    private static PriceBookChange priceBook(Scenario.PriceBook book) {
        return new PriceBookChange(
                book.version(),
                book.entries().stream()
                        .map(price -> new PriceEntry(
                                price.currency(),
                                PriceGroup.valueOf(price.group()),
                                price.item(),
                                price.retentionDays(),
                                price.effectiveFrom(),
                                model(price.model())))
                        .toList());
    }

    private static Object model(PriceModel model) {
        if (model instanceof PriceModel.Unit unit) {
            return new UnitModel(unit.unitPrice().toPlainString());
        } else if (model instanceof PriceModel.Flat flat) {
            return new FlatModel(flat.flatPrice().toPlainString());
        } else if (model instanceof PriceModel.Packages packages) {
            return new PackageModel(
                    packages.packageSize().toPlainString(),
                    packages.packagePrice().toPlainString(),
                    packages.freeUnits().toPlainString());
        } else if (model instanceof PriceModel.Graduated graduated) {
            return new GraduatedModel(tiers(graduated.tiers()));
        }
        return new VolumeModel(tiers(((PriceModel.Volume) model).tiers()));
    }

    private static List<PriceTier> tiers(List<PriceModel.Tier> tiers) {
        return tiers.stream()
                .map(tier -> new PriceTier(
                        tier.upTo() == null ? null : tier.upTo().toPlainString(),
                        tier.unitPrice().toPlainString(),
                        tier.flatPrice().toPlainString()))
                .toList();
    }
}
