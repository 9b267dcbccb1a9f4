package io.weir.metering.recomputation;

import static java.util.Comparator.comparing;

import io.weir.metering.recomputation.Scenario.Event;
import io.weir.metering.recomputation.Scenario.Reading;
import io.weir.metering.recomputation.Scenario.Recorded;
import io.weir.metering.recomputation.Scenario.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Traffic drawn by chance: late, repeated, out of order, wrong, silent; and again after more than 35 days. */
final class RandomUsage {

    private static final Duration REMEMBERED = Duration.ofDays(35).plusMinutes(5);

    private final Dice dice;
    private final Instant beginning;
    private final Duration span;
    private final List<Workspace> workspaces;
    private final RandomFaults faults;
    private final List<Recorded> good = new ArrayList<>();
    private int events;

    private record Arrival(Instant at, Recorded recorded) {}

    RandomUsage(Dice dice, Instant beginning, List<Workspace> workspaces) {
        this.dice = dice;
        this.beginning = beginning;
        this.span = Duration.ofHours(dice.between(6, 96));
        this.workspaces = workspaces;
        this.faults = new RandomFaults(dice);
    }

    /** Records in the order in which they arrive. */
    List<Recorded> draw() {
        return Stream.generate(this::next)
                .limit(dice.between(5, 120))
                .sorted(comparing(Arrival::at))
                .map(Arrival::recorded)
                .toList();
    }

    private Arrival next() {
        return dice.oneOf(List.<Supplier<Arrival>>of(
                        this::prompt,
                        this::prompt,
                        this::late,
                        this::late,
                        this::repeated,
                        this::reused,
                        this::wrong,
                        this::heartbeat))
                .get();
    }

    private Arrival prompt() {
        Instant occurredAt = dice.instant(beginning, span);
        return first(event(occurredAt), occurredAt.plusSeconds(dice.between(-300, 900)));
    }

    private Arrival late() {
        Instant occurredAt = dice.instant(beginning, span);
        int mostHours = dice.oneOf(List.of(2, 72, 34 * 24));
        return first(event(occurredAt), occurredAt.plus(Duration.ofMinutes(dice.between(1, 60 * mostHours))));
    }

    private Arrival first(Event event, Instant at) {
        Recorded recorded = new Recorded(ingest(at), event.workspaceId(), event, null);
        good.add(recorded);
        return new Arrival(at, recorded);
    }

    /** Now and then an ingest time steps back, as a broker's clock may. */
    private Instant ingest(Instant at) {
        return dice.chance(10) ? at.minusSeconds(dice.between(1, 3 * 3600)) : at;
    }

    /** An earlier event once more, some time later, its readings perhaps in another order. */
    private Arrival repeated() {
        if (good.isEmpty()) {
            return heartbeat();
        }
        Recorded first = dice.oneOf(good);
        Event event = Objects.requireNonNull(first.value());
        List<Reading> readings = new ArrayList<>(event.readings());
        Collections.shuffle(readings, dice.random());
        Instant at = first.ingest().plusSeconds(dice.between(0, dice.chance(80) ? 86_400 : 40 * 86_400));
        return new Arrival(at, new Recorded(ingest(at), first.key(), event.reading(readings), null));
    }

    /** The identity of an earlier event with other content, often just when it is forgotten. */
    private Arrival reused() {
        if (good.isEmpty()) {
            return heartbeat();
        }
        Recorded first = dice.oneOf(good);
        Event event = Objects.requireNonNull(first.value());
        Instant at = dice.chance(50)
                ? first.ingest().plus(REMEMBERED).plusMillis(dice.between(-1, 1))
                : first.ingest().plusSeconds(dice.between(0, 3 * 86_400));
        Event other = dice.chance(20) ? event.reading(readings()) : event.at(at.minusSeconds(dice.between(0, 7200)));
        return new Arrival(at, new Recorded(dice.chance(80) ? at : ingest(at), first.key(), other, null));
    }

    private Arrival wrong() {
        Instant at = dice.instant(beginning, span);
        return new Arrival(at, faults.spoil(event(at), ingest(at)));
    }

    private Arrival heartbeat() {
        Duration ahead = dice.chance(80) ? span : Duration.ofDays(45);
        String key = dice.chance(50) ? null : dice.oneOf(workspaces).workspaceId();
        Instant at = dice.instant(beginning, ahead);
        return new Arrival(at, new Recorded(ingest(at), key, null, null));
    }

    private Event event(Instant occurredAt) {
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

    private List<Reading> readings() {
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
