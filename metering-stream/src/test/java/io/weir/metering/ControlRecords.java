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
import io.weir.metering.recomputation.Scenario.Account;
import io.weir.metering.recomputation.Scenario.Binding;
import io.weir.metering.recomputation.Scenario.Catalogue;
import io.weir.metering.recomputation.Scenario.Item;
import io.weir.metering.recomputation.Scenario.Price;
import io.weir.metering.recomputation.Scenario.PriceBook;
import io.weir.metering.recomputation.Scenario.Site;
import io.weir.metering.recomputation.Scenario.Workspace;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A scenario's control facts as the records that a loader writes to fee-center.control. */
public final class ControlRecords {

    private ControlRecords() {}

    /** All changes, in an order in which each is understood. */
    public static List<SpecificRecord> of(Scenario scenario) {
        return Stream.<Stream<? extends SpecificRecord>>of(
                        Stream.of(catalogue(scenario.catalogue()), priceBook(scenario.priceBook())),
                        scenario.sites().stream().map(ControlRecords::site),
                        scenario.workspaces().stream().flatMap(ControlRecords::workspace),
                        scenario.accounts().stream().map(ControlRecords::account),
                        scenario.bindings().stream().map(ControlRecords::binding))
                .<SpecificRecord>flatMap(changes -> changes)
                .toList();
    }

    private static SiteChange site(Site site) {
        return new SiteChange(site.site(), site.zone().getId(), PriceGroup.valueOf(site.group()), site.cloud());
    }

    private static Stream<SpecificRecord> workspace(Workspace workspace) {
        return Stream.concat(
                Stream.of(new WorkspaceChange(workspace.workspaceId(), workspace.site())), retentions(workspace));
    }

    private static AccountChange account(Account account) {
        return new AccountChange(account.accountId(), account.userName(), account.currency());
    }

    private static BindingChange binding(Binding binding) {
        return new BindingChange(binding.workspaceId(), binding.accountId(), binding.effectiveFrom(), binding.seq());
    }

    private static Stream<RetentionChange> retentions(Workspace workspace) {
        return workspace.retention().stream()
                .map(setting -> new RetentionChange(
                        workspace.workspaceId(),
                        setting.category(),
                        setting.resource(),
                        setting.days(),
                        setting.effectiveFrom()));
    }

    private static CatalogueChange catalogue(Catalogue catalogue) {
        List<MeterDefinition> meters = catalogue.meters().stream()
                .map(meter -> new MeterDefinition(
                        meter.meter(),
                        Aggregation.valueOf(meter.aggregation().name()),
                        meter.limitPerEvent().longValueExact()))
                .toList();
        return new CatalogueChange(
                "1",
                null,
                meters,
                catalogue.items().stream().map(ControlRecords::item).toList());
    }

    private static ItemDefinition item(Item item) {
        return new ItemDefinition(
                item.item(),
                item.category(),
                item.maxOf().stream()
                        .map(term -> new FormulaTerm(term.sumOf(), term.divideBy()))
                        .toList(),
                item.unit().toPlainString(),
                item.defaultRetentionDays());
    }

    private static PriceBookChange priceBook(PriceBook book) {
        return new PriceBookChange(
                book.version(),
                book.entries().stream().map(ControlRecords::entry).toList());
    }

    private static PriceEntry entry(Price price) {
        return new PriceEntry(
                price.currency(),
                PriceGroup.valueOf(price.group()),
                price.item(),
                price.retentionDays(),
                price.effectiveFrom(),
                model(price.model()));
    }

    private static Object model(PriceModel model) {
        if (model instanceof PriceModel.Unit unit) {
            return new UnitModel(text(unit.unitPrice()));
        } else if (model instanceof PriceModel.Flat flat) {
            return new FlatModel(text(flat.flatPrice()));
        } else if (model instanceof PriceModel.Packages packages) {
            return new PackageModel(
                    text(packages.packageSize()), text(packages.packagePrice()), text(packages.freeUnits()));
        } else if (model instanceof PriceModel.Graduated graduated) {
            return new GraduatedModel(tiers(graduated.tiers()));
        }
        return new VolumeModel(tiers(((PriceModel.Volume) model).tiers()));
    }

    private static List<PriceTier> tiers(List<PriceModel.Tier> tiers) {
        return tiers.stream()
                .map(tier -> new PriceTier(textOrNull(tier.upTo()), text(tier.unitPrice()), text(tier.flatPrice())))
                .toList();
    }

    private static @Nullable String textOrNull(@Nullable BigDecimal decimal) {
        return decimal == null ? null : text(decimal);
    }

    private static String text(BigDecimal decimal) {
        return decimal.toPlainString();
    }
}
