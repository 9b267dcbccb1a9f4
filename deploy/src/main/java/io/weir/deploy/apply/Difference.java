package io.weir.deploy.apply;

import io.weir.billing.ControlRecord;
import io.weir.deploy.scenario.ControlEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which records of the files are not on the topic yet. */
final class Difference {

    private final Recorded recorded;
    private final Map<Subject, Integer> passed = new HashMap<>();

    private Difference(Recorded recorded) {
        this.recorded = recorded;
    }

    /** The entries that are new, in their order. */
    static List<ControlEntry> between(Recorded recorded, List<ControlEntry> entries) {
        Difference difference = new Difference(recorded);
        List<ControlEntry> news = new ArrayList<>();
        for (ControlEntry entry : entries) {
            if (difference.isNew(entry.change().record())) {
                news.add(entry);
            }
        }
        return news;
    }

    private boolean isNew(ControlRecord record) {
        Subject subject = Subject.of(record);
        return subject.isHistory()
                ? isNewInHistory(subject, record)
                : recorded.lastOf(subject).filter(record::equals).isEmpty();
    }

    /**
     * Of retention settings that take effect together the last recorded counts, so the order matters: as long as the file goes
     * through the history as it was recorded, nothing is new; from the first one on that is, all are.
     */
    private boolean isNewInHistory(Subject subject, ControlRecord record) {
        List<ControlRecord> history = recorded.historyOf(subject);
        int next = passed.getOrDefault(subject, 0);
        while (next < history.size() && !history.get(next).equals(record)) {
            next++;
        }
        passed.put(subject, next + 1);
        return next >= history.size();
    }
}
