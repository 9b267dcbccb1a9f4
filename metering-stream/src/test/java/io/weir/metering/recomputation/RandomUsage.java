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

/** Traffic drawn by chance: late, repeated, out of order, wrong, silent; and again after more than 35 days. */
final class RandomUsage {

    private static final Duration REMEMBERED = Duration.ofDays(35).plusMinutes(5);

    private final Dice dice;
    private final Instant beginning;
    private final Duration span;
    private final List<Workspace> workspaces;
    private final RandomFaults faults;
    private final List<Recorded> good = new ArrayList<>();
    private final RandomEvents produced;

    private record Arrival(Instant at, Recorded recorded) {}

    RandomUsage(Dice dice, Instant beginning, List<Workspace> workspaces) {
        this.dice = dice;
        this.beginning = beginning;
        this.span = Duration.ofHours(dice.between(6, 96));
        this.workspaces = workspaces;
        this.faults = new RandomFaults(dice);
        this.produced = new RandomEvents(dice, workspaces);
    }

    /** Records in the order in which they arrive. */
    List<Recorded> draw() {
        List<Arrival> arrivals = new ArrayList<>();
        int records = dice.between(5, 120);
        while (arrivals.size() < records) {
            arrivals.addAll(next());
        }
        return arrivals.stream()
                .sorted(comparing(Arrival::at))
                .map(Arrival::recorded)
                .toList();
    }

    private List<Arrival> next() {
        return switch (dice.between(0, 9)) {
            case 0, 1 -> List.of(prompt());
            case 2, 3 -> List.of(late());
            case 4 -> List.of(repeated());
            case 5 -> List.of(reused());
            case 6 -> List.of(wrong());
            case 7 -> List.of(heartbeat());
            case 8 -> dice.chance(30) ? aged() : List.of(late());
            default -> dice.chance(30) ? outlived() : List.of(prompt());
        };
    }

    private Arrival prompt() {
        Instant occurredAt = dice.instant(beginning, span);
        return first(produced.event(occurredAt), occurredAt.plusSeconds(dice.between(-300, 900)));
    }

    private Arrival late() {
        Instant occurredAt = dice.instant(beginning, span);
        int mostHours = dice.oneOf(List.of(2, 72, 34 * 24));
        return first(produced.event(occurredAt), occurredAt.plus(Duration.ofMinutes(dice.between(1, 60 * mostHours))));
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
        Event other =
                dice.chance(20) ? event.reading(produced.readings()) : event.at(at.minusSeconds(dice.between(0, 7200)));
        return new Arrival(at, new Recorded(dice.chance(80) ? at : ingest(at), first.key(), other, null));
    }

    private Arrival wrong() {
        Instant at = dice.instant(beginning, span);
        return new Arrival(at, faults.spoil(produced.event(at), ingest(at)));
    }

    /** A heartbeat, and by a clock that steps back an event whose age is just at the limit by the partition's. */
    private List<Arrival> aged() {
        Instant at = dice.instant(beginning, Duration.ofDays(45));
        Event event = produced.event(at.minus(Duration.ofDays(35)).minusMillis(dice.between(0, 1)));
        Instant ingest = at.minusSeconds(dice.between(1, 3600));
        return List.of(
                new Arrival(at, new Recorded(at, null, null, null)),
                new Arrival(at, new Recorded(ingest, event.workspaceId(), event, null)));
    }

    /** Two events of a source, the second by a clock that steps back; and the first's number when only that is forgotten. */
    private List<Arrival> outlived() {
        Instant at = dice.instant(beginning, span);
        Event event = produced.event(at.minus(Duration.ofHours(1)));
        Event one = event.named(event.workspaceId(), "once/" + dice.between(1, 99), event.eventId(), event.resource())
                .numbered(0L);
        Event next = one.numbered(1L);
        Instant stepped = at.minusSeconds(dice.between(1, 3600));
        Instant later = stepped.plus(REMEMBERED).plusMillis(dice.between(0, 1));
        return List.of(
                new Arrival(at, new Recorded(at, one.workspaceId(), one, null)),
                new Arrival(at, new Recorded(stepped, one.workspaceId(), next, null)),
                new Arrival(later, new Recorded(later, one.workspaceId(), one.at(later), null)));
    }

    private Arrival heartbeat() {
        Duration ahead = dice.chance(80) ? span : Duration.ofDays(45);
        String key = dice.chance(50) ? null : dice.oneOf(workspaces).workspaceId();
        Instant at = dice.instant(beginning, ahead);
        return new Arrival(at, new Recorded(ingest(at), key, null, null));
    }
}
