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

/** Traffic drawn by chance: late, repeated, out of order, wrong, silent; and again after more than 35 days. */
final class RandomUsage {

    private static final Duration REMEMBERED = Duration.ofDays(35).plusMinutes(5);

    private final Dice dice;
    private final Instant beginning;
    private final Duration span;
    private final List<Workspace> workspaces;
    private final RandomFaults faults;
    private final List<Recorded> good = new ArrayList<>();
    private final List<Recorded> usage = new ArrayList<>();
    private int events;

    RandomUsage(Dice dice, Instant beginning, List<Workspace> workspaces) {
        this.dice = dice;
        this.beginning = beginning;
        this.span = Duration.ofHours(dice.between(6, 96));
        this.workspaces = workspaces;
        this.faults = new RandomFaults(dice);
    }

    /** Records in the order in which they arrive; now and then an ingest time steps back, as a broker's clock may. */
    List<Recorded> draw() {
        int records = dice.between(5, 120);
        while (usage.size() < records) {
            usage.add(next());
        }
        usage.sort(comparing(Recorded::ingest));
        usage.replaceAll(recorded -> dice.chance(3) ? earlier(recorded) : recorded);
        return List.copyOf(usage);
    }

    private Recorded next() {
        Supplier<Recorded> kind = dice.oneOf(List.of(
                this::prompt,
                this::prompt,
                this::prompt,
                this::late,
                this::late,
                this::repeated,
                this::reused,
                this::wrong,
                this::heartbeat));
        return kind.get();
    }

    private Recorded prompt() {
        Instant occurredAt = dice.instant(beginning, span);
        return sent(event(occurredAt), occurredAt.plusSeconds(dice.between(-300, 900)));
    }

    private Recorded late() {
        Instant occurredAt = dice.instant(beginning, span);
        int mostHours = dice.oneOf(List.of(2, 72, 34 * 24));
        return sent(event(occurredAt), occurredAt.plus(Duration.ofMinutes(dice.between(1, 60 * mostHours))));
    }

    private Recorded sent(Event event, Instant ingest) {
        Recorded recorded = new Recorded(ingest, event.workspaceId(), event, null);
        good.add(recorded);
        return recorded;
    }

    private Event event(Instant occurredAt) {
        int number = events++;
        return new Event(
                dice.oneOf(workspaces).workspaceId(),
                "producer/" + dice.between(1, 4),
                dice.chance(60) ? (long) dice.between(0, 2 * number) : null,
                "event-" + number,
                occurredAt,
                dice.oneOf(List.of("", "", "audit", "app")),
                readings());
    }

    private List<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        for (String meter : dice.some(RandomCatalogue.METERS, 45)) {
            readings.add(
                    new Reading(meter, dice.oneOf(List.of(0, 1, 250, RandomCatalogue.LIMIT, dice.between(0, 2000)))));
        }
        if (readings.isEmpty() || dice.chance(5)) {
            readings.add(new Reading("vast", dice.chance(50) ? Long.MAX_VALUE : dice.between(0, 1_000_000_000)));
        }
        return List.copyOf(readings);
    }

    /** An earlier event once more, some time later, its readings perhaps in another order. */
    private Recorded repeated() {
        if (good.isEmpty()) {
            return heartbeat();
        }
        Recorded first = dice.oneOf(good);
        Event event = Objects.requireNonNull(first.value());
        List<Reading> readings = new ArrayList<>(event.readings());
        Collections.shuffle(readings, dice.random());
        Instant ingest = first.ingest().plusSeconds(dice.between(0, dice.chance(80) ? 86_400 : 40 * 86_400));
        return new Recorded(ingest, first.key(), event.reading(readings), null);
    }

    /** The identity of an earlier event with other content, often just when it is forgotten. */
    private Recorded reused() {
        if (good.isEmpty()) {
            return heartbeat();
        }
        Recorded first = dice.oneOf(good);
        Event event = Objects.requireNonNull(first.value());
        Instant ingest = dice.chance(50)
                ? first.ingest().plus(REMEMBERED).plusMillis(dice.between(-1, 1))
                : first.ingest().plusSeconds(dice.between(0, 3 * 86_400));
        Event other =
                dice.chance(20) ? event.reading(readings()) : event.at(ingest.minusSeconds(dice.between(0, 7200)));
        return new Recorded(ingest, first.key(), other, null);
    }

    private Recorded wrong() {
        Instant ingest = dice.instant(beginning, span);
        return faults.spoil(event(ingest), ingest);
    }

    private Recorded heartbeat() {
        Duration ahead = dice.chance(80) ? span : Duration.ofDays(45);
        String key = dice.chance(50) ? null : dice.oneOf(workspaces).workspaceId();
        return new Recorded(dice.instant(beginning, ahead), key, null, null);
    }

    private Recorded earlier(Recorded recorded) {
        Instant ingest = recorded.ingest().minusSeconds(dice.between(1, 3 * 3600));
        return new Recorded(ingest, recorded.key(), recorded.value(), recorded.raw());
    }
}
