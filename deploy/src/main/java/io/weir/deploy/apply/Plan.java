package io.weir.deploy.apply;

import io.weir.deploy.scenario.ControlChange;
import io.weir.deploy.scenario.ControlEntry;
import io.weir.deploy.scenario.ControlFiles;
import io.weir.deploy.scenario.Mistake;
import io.weir.metering.control.Touches;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done so that the topic says what the files say.
 *
 * @param recorded what is on the topic
 * @param inFiles number of records in the files
 * @param news those that are not on the topic, in the order in which they are published
 * @param mistakes what is wrong in the files; with one of them nothing is published
 * @param touches the closed days that the new records may alter
 */
record Plan(Recorded recorded, int inFiles, List<ControlEntry> news, List<Mistake> mistakes, Touches touches) {

    /** Compares files with the topic. */
    static Plan of(ControlFiles files, Recorded recorded) {
        List<ControlEntry> news = Difference.between(recorded, files.entries());
        Judgement judgement = Judgement.of(recorded, files, news);
        List<Mistake> mistakes = new ArrayList<>(files.mistakes());
        mistakes.addAll(files.unknownFields());
        mistakes.addAll(References.check(recorded, files.entries()));
        mistakes.addAll(judgement.mistakes());
        Touches touches = judgement
                .table()
                .touchesBetween(recorded.end() - 1, judgement.table().offset());
        return new Plan(recorded, files.entries().size(), news, mistakes, touches);
    }

    List<ControlChange> changes() {
        return news.stream().map(ControlEntry::change).toList();
    }
}
