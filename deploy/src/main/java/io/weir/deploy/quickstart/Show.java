package io.weir.deploy.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.deploy.bill.BillReport;
import io.weir.deploy.console.Progress;
import io.weir.deploy.generate.World;
import io.weir.deploy.stack.Pause;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.watch.Completion;
import io.weir.deploy.watch.MeteringMetrics;
import io.weir.deploy.watch.Target;
import io.weir.feecenter.ledger.BillQuery;
import io.weir.feecenter.ledger.BillQuery.Conservation;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Simulated days on a running pipeline, told to whoever watches. */
final class Show {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM uuuu HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** After the last midnight in Shanghai the day still has to end in Los Angeles, and the grace period after it. */
    private static final Duration LAST_DAY_ENDS_EVERYWHERE = Duration.ofHours(17);

    private static final Duration GRACE = Duration.ofHours(1);
    private static final Duration STEP = Duration.ofHours(6);
    private static final Duration SLOW_STEP = Duration.ofHours(1);
    private static final Duration BETWEEN_SLOW_STEPS = Duration.ofSeconds(5);

    private final Pipeline pipeline;
    private final Simulation simulation;
    private final Progress console;
    private final BillQuery ledger;
    private final long recordsBefore;

    Show(Pipeline pipeline, Simulation simulation, Progress console) {
        this.pipeline = pipeline;
        this.simulation = simulation;
        this.console = console;
        this.ledger = new BillQuery(pipeline.stack().ledger());
        this.recordsBefore = new MeteringMetrics(pipeline.meterings()).records();
    }

    /** Plays some days fast, shows the bills, and then, if all is to stay up, lets time pass slowly until the process is ended. */
    void run(int days, boolean keep, Directions directions) {
        introduce();
        Instant end = simulation
                .now()
                .plus(Duration.ofDays(days))
                .plus(simulation.isFirstRun() ? LAST_DAY_ENDS_EVERYWHERE : Duration.ZERO);
        while (simulation.now().isBefore(end)) {
            Instant next = simulation.now().plus(STEP);
            pass(next.isBefore(end) ? next : end);
            console.say(state());
        }
        new BillReport(new PrintWriter(System.out, true, UTF_8), userNames()).print(ledger);
        directions.print(keep);
        while (keep) {
            Pause.of(BETWEEN_SLOW_STEPS);
            pass(simulation.now().plus(SLOW_STEP));
            console.say(state());
        }
    }

    private Map<String, String> userNames() {
        return simulation.world().accounts().stream()
                .collect(Collectors.toMap(World.Account::accountId, World.Account::userName));
    }

    private void introduce() {
        World world = simulation.world();
        console.say("%d workspaces on %d sites, %d accounts; simulated time begins on %s"
                .formatted(
                        world.workspaces().size(),
                        world.sites().size(),
                        world.accounts().size(),
                        TIME.format(simulation.now())));
    }

    /** Lets time pass and waits until everything until then is metered and posted. */
    private void pass(Instant until) {
        simulation.passTo(until);
        new Completion(pipeline, console)
                .await(new Target(until, until.minus(GRACE), recordsBefore + simulation.sent()));
    }

    private String state() {
        long posted =
                ledger.conservation().stream().mapToLong(Conservation::posted).sum();
        return "  %-24s %,10d records %,8d lines booked"
                .formatted(TIME.format(simulation.now()), simulation.sent(), posted);
    }
}
