package io.weir.deploy.apply;

import io.weir.billing.CatalogueChange;
import io.weir.billing.ControlRecord;
import io.weir.billing.ItemDefinition;
import io.weir.billing.MeterDefinition;
import io.weir.billing.PriceBookChange;
import io.weir.billing.PriceEntry;
import io.weir.deploy.scenario.ControlEntry;
import io.weir.deploy.scenario.ControlFiles;
import io.weir.deploy.scenario.Mistake;
import io.weir.deploy.scenario.Place;
import io.weir.metering.control.ControlTable;
import io.weir.metering.control.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the metering stream would refuse. The judge is its own table of the control log, which gets the new records behind the recorded
 * ones; a catalogue or a book, which it refuses whole at the first mistake, is shown to it in parts besides, so that all are found.
 */
final class Judgement {

    private final ControlFiles files;
    private final List<Mistake> mistakes = new ArrayList<>();
    private ControlTable table;
    private long offset;

    private Judgement(Recorded recorded, ControlFiles files) {
        this.files = files;
        this.table = recorded.table();
        this.offset = recorded.end();
    }

    /** Judges the new entries of the files in their order. */
    static Judgement of(Recorded recorded, ControlFiles files, List<ControlEntry> news) {
        Judgement judgement = new Judgement(recorded, files);
        news.forEach(judgement::judge);
        return judgement;
    }

    /** What is refused. */
    List<Mistake> mistakes() {
        return List.copyOf(mistakes);
    }

    /** The table with everything that is not refused. */
    ControlTable table() {
        return table;
    }

    private void judge(ControlEntry entry) {
        Object change = entry.change().record().getChange();
        int before = mistakes.size();
        if (change instanceof CatalogueChange catalogue) {
            judgeParts(entry.place(), catalogue);
        } else if (change instanceof PriceBookChange book) {
            judgeParts(entry.place(), book);
        }
        if (mistakes.size() == before && !files.hasMistakeWithin(entry.place())) {
            table = taken(entry.place(), table, entry.change().record());
        }
    }

    private ControlTable taken(Place place, ControlTable before, ControlRecord record) {
        try {
            return before.with(offset++, record);
        } catch (Refused refused) {
            mistakes.add(new Mistake(place, String.valueOf(refused.getMessage())));
            return before;
        }
    }

    /** Whether a part of a version would be taken if it stood alone; one that cannot be read was named before. */
    private boolean isTaken(Place place, Object version) {
        int before = mistakes.size();
        if (!files.hasMistakeWithin(place)) {
            taken(place, table, new ControlRecord(version));
            return mistakes.size() == before;
        }
        return false;
    }

    private void judgeParts(Place place, CatalogueChange whole) {
        List<MeterDefinition> meters = new ArrayList<>();
        for (int index = 0; index < whole.getMeters().size(); index++) {
            MeterDefinition meter = whole.getMeters().get(index);
            if (isTaken(place.at("meters").at(index), catalogue(whole, List.of(meter), List.of()))) {
                meters.add(meter);
            }
        }
        for (int index = 0; index < whole.getItems().size(); index++) {
            ItemDefinition item = whole.getItems().get(index);
            isTaken(place.at("items").at(index), catalogue(whole, meters, List.of(item)));
        }
    }

    private static CatalogueChange catalogue(
            CatalogueChange whole, List<MeterDefinition> meters, List<ItemDefinition> items) {
        return new CatalogueChange(whole.getVersion(), whole.getEffectiveFrom(), meters, items);
    }

    /** Each entry alone, and then those together that are of one key. */
    private void judgeParts(Place place, PriceBookChange whole) {
        Map<List<Object>, List<PriceEntry>> byKey = new LinkedHashMap<>();
        for (int index = 0; index < whole.getEntries().size(); index++) {
            PriceEntry entry = whole.getEntries().get(index);
            Place here = place.at("entries").at(index);
            if (isTaken(here, new PriceBookChange(whole.getVersion(), List.of(entry)))) {
                List<PriceEntry> together = byKey.computeIfAbsent(key(entry), any -> new ArrayList<>());
                together.add(entry);
                if (!isTaken(here, new PriceBookChange(whole.getVersion(), together))) {
                    together.remove(entry);
                }
            }
        }
    }

    private static List<Object> key(PriceEntry entry) {
        return Arrays.asList(entry.getCurrency(), entry.getGroup(), entry.getItem(), entry.getRetentionDays());
    }
}
