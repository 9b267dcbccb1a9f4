package io.weir.metering.simulation;

import io.weir.metering.recomputation.Scenario;
import io.weir.metering.recomputation.Scenario.Binding;
import io.weir.metering.recomputation.Scenario.Event;
import io.weir.metering.recomputation.Scenario.Reading;
import io.weir.metering.recomputation.Scenario.Recorded;
import io.weir.metering.recomputation.Scenario.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** A workspace that sends whatever might hurt others: garbage, far futures, limits, floods, forged keys, re-bindings of itself. */
final class HostileWorkspace {

    /** Its id. */
    static final String ID = "wksp_hostile";

    private static final String FORGED = "hostile/forged";
    private static final byte[] GARBAGE = {0, 0, 0, 0, 1, -1, -1, -1, -1, 15, 7};
    private static final long LIMIT = 100_000;

    private final Random chance;
    private final List<Workspace> victims;
    private int sent;

    private HostileWorkspace(Random chance, List<Workspace> victims) {
        this.chance = chance;
        this.victims = victims;
    }

    /** The scenario with this workspace among the others, on the site of the first and often bound anew. */
    static Scenario joins(Scenario scenario, long seed) {
        return new HostileWorkspace(new Random(seed), scenario.workspaces()).join(scenario);
    }

    /** Whether it sent a record, under its own name or a forged one. */
    static boolean sent(Recorded recorded) {
        Event event = recorded.value();
        return ID.equals(recorded.key())
                || (event != null
                        && (event.workspaceId().equals(ID) || event.source().startsWith(FORGED)));
    }

    private Scenario join(Scenario scenario) {
        List<Workspace> workspaces = new ArrayList<>(scenario.workspaces());
        workspaces.add(new Workspace(ID, workspaces.get(0).site(), List.of(), List.of()));
        List<Binding> bindings = new ArrayList<>(scenario.bindings());
        Instant start = scenario.usage().get(0).ingest();
        for (int seq = 1; seq <= 5; seq++) {
            String payer = scenario.accounts().get(chance.nextInt(3)).accountId();
            bindings.add(new Binding(ID, payer, start.plus(Duration.ofHours(chance.nextInt(72) - 36)), seq));
        }
        List<Recorded> usage = new ArrayList<>();
        for (Recorded recorded : scenario.usage()) {
            for (int left = chance.nextInt(4); left > 0; left--) {
                usage.add(strike(recorded.ingest()));
            }
            usage.add(recorded);
        }
        return new Scenario(
                scenario.sites(),
                workspaces,
                scenario.accounts(),
                bindings,
                scenario.priceBook(),
                scenario.catalogue(),
                usage);
    }

    private Recorded strike(Instant ingest) {
        sent++;
        return switch (chance.nextInt(9)) {
            case 0 -> new Recorded(ingest, ID, null, Base64.getEncoder().encodeToString(GARBAGE));
            case 1 -> of(ingest, event("flood", ingest.plus(Duration.ofDays(60_000)), "", 1));
            case 2 -> of(ingest, event("flood", ingest.minus(Duration.ofDays(chance.nextInt(36))), "", 1));
            case 3 -> of(ingest, event("flood", ingest, "resource/" + sent, LIMIT));
            case 4 -> of(ingest, event("source/" + sent, ingest, "", LIMIT));
            case 5 -> of(ingest, reused(ingest));
            case 6 -> new Recorded(ingest, victim(), event("flood", ingest, "", LIMIT), null);
            case 7 -> new Recorded(ingest, ID, named(victim(), ingest), null);
            default -> new Recorded(ingest, ID, null, null);
        };
    }

    private static Recorded of(Instant ingest, Event event) {
        return new Recorded(ingest, ID, event, null);
    }

    private String victim() {
        return victims.get(chance.nextInt(victims.size())).workspaceId();
    }

    private Event event(String source, Instant occurredAt, String resource, long quantity) {
        return new Event(ID, source, (long) sent, "id", occurredAt, resource, readings(quantity));
    }

    private Event reused(Instant ingest) {
        return new Event(ID, "reused", null, "id", ingest, "", readings(sent));
    }

    private Event named(String workspaceId, Instant ingest) {
        return new Event(workspaceId, FORGED + sent, (long) sent, "id", ingest, "", readings(LIMIT));
    }

    private static List<Reading> readings(long quantity) {
        return List.of(new Reading("log_records", quantity), new Reading("series", quantity));
    }
}
