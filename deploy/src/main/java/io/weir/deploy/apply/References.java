package io.weir.deploy.apply;

import io.weir.billing.BindingChange;
import io.weir.billing.CatalogueChange;
import io.weir.billing.ControlRecord;
import io.weir.billing.ItemDefinition;
import io.weir.billing.PriceBookChange;
import io.weir.billing.PriceEntry;
import io.weir.billing.WorkspaceChange;
import io.weir.deploy.scenario.ControlEntry;
import io.weir.deploy.scenario.Mistake;
import io.weir.deploy.scenario.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether what the files name is there. The metering stream takes such records, in whatever order they come: an account that is not
 * known holds lines. In files that are applied together a name that nobody knows is a slip of the pen.
 */
final class References {

    private final Recorded recorded;
    private final Set<Subject> inFiles = new HashSet<>();
    private final Set<String> items = new HashSet<>();
    private final List<Mistake> mistakes = new ArrayList<>();

    private References(Recorded recorded) {
        this.recorded = recorded;
    }

    /** Names that neither the files nor the topic know, and what stands in the files twice. */
    static List<Mistake> check(Recorded recorded, List<ControlEntry> entries) {
        References references = new References(recorded);
        references.learn(entries);
        entries.forEach(references::check);
        return references.mistakes;
    }

    private void learn(List<ControlEntry> entries) {
        Map<Subject, Place> places = new HashMap<>();
        for (ControlEntry entry : entries) {
            Subject subject = Subject.of(entry.change().record());
            inFiles.add(subject);
            Place before = places.putIfAbsent(subject, entry.place());
            if (before != null && !subject.isHistory()) {
                wrong(
                        entry.place(),
                        "%s stands at %s already: leave one of them out".formatted(subject, before.path()));
            }
        }
        Stream.concat(
                        recorded.catalogues().stream(),
                        entries.stream()
                                .map(entry -> entry.change().record().getChange())
                                .filter(CatalogueChange.class::isInstance)
                                .map(CatalogueChange.class::cast))
                .flatMap(catalogue -> catalogue.getItems().stream())
                .map(ItemDefinition::getItem)
                .forEach(items::add);
    }

    private void check(ControlEntry entry) {
        Object change = entry.change().record().getChange();
        if (change instanceof WorkspaceChange workspace) {
            require(entry.place(), new Subject("site", workspace.getSite()));
        } else if (change instanceof BindingChange binding) {
            require(entry.place(), new Subject("workspace", binding.getWorkspaceId()));
            if (binding.getAccountId() != null) {
                require(entry.place(), new Subject("account", binding.getAccountId()));
            }
        } else if (change instanceof PriceBookChange book) {
            check(entry.place(), book.getEntries());
            requireNewName(entry.place(), book);
        }
    }

    /** Lines name the version of the book by which they were priced. */
    private void requireNewName(Place place, PriceBookChange book) {
        boolean taken = recorded.historyOf(Subject.of(new ControlRecord(book))).stream()
                .map(record -> (PriceBookChange) record.getChange())
                .anyMatch(other -> other.getVersion().equals(book.getVersion()) && !other.equals(book));
        if (taken) {
            wrong(
                    place.at("version"),
                    "version '%s' is recorded with other prices: give this one a name of its own"
                            .formatted(book.getVersion()));
        }
    }

    private void check(Place book, List<PriceEntry> entries) {
        for (int index = 0; index < entries.size(); index++) {
            String item = entries.get(index).getItem();
            if (!items.contains(item)) {
                wrong(
                        book.at("entries").at(index),
                        "item %s is in no catalogue, neither here nor on the topic".formatted(item));
            }
        }
    }

    private void require(Place place, Subject subject) {
        if (!subject.id().isEmpty() && !inFiles.contains(subject) && !recorded.knows(subject)) {
            wrong(place, subject + " is not known, neither here nor on the topic: add it, or correct the name");
        }
    }

    private void wrong(Place place, String what) {
        mistakes.add(new Mistake(place, what));
    }
}
