package io.weir.metering.recomputation;

import io.weir.metering.recomputation.Scenario.Event;
import io.weir.metering.recomputation.Scenario.Reading;
import io.weir.metering.recomputation.Scenario.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What producers measure, drawn by chance. */
final class RandomEvents {

    private final Dice dice;
    private final List<Workspace> workspaces;
    private int events;

    RandomEvents(Dice dice, List<Workspace> workspaces) {
        this.dice = dice;
        this.workspaces = workspaces;
    }

    /** An event that happened at some time, with or without a sequence. */
    Event event(Instant occurredAt) {
        int number = events++;
        return new Event(
                dice.oneOf(workspaces).workspaceId(),
                "producer/" + dice.between(1, 3),
                dice.chance(60) ? (long) dice.between(0, 2 * number) : null,
                "event-" + number,
                occurredAt,
                dice.oneOf(List.of("", "", "audit", "app")),
                readings());
    }

    /** Readings of some meters; quantities at the limits and at round numbers more often than others. */
    List<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        for (String meter : dice.some(RandomCatalogue.METERS, 45)) {
            readings.add(new Reading(
                    meter, dice.oneOf(List.of(0, 1, 250, 500, 1000, RandomCatalogue.LIMIT, dice.between(0, 2000)))));
        }
        if (readings.isEmpty() || dice.chance(5)) {
            readings.add(new Reading("vast", dice.chance(50) ? Long.MAX_VALUE : dice.between(0, 1_000_000_000)));
        }
        return List.copyOf(readings);
    }
}
