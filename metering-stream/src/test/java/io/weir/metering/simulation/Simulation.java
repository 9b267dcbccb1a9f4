package io.weir.metering.simulation;

import io.weir.metering.recomputation.Scenario;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;

/**
 * A run of one or two instances over a scenario, in one thread: first everything that can go wrong, as the seed says (safety);
 * then nothing goes wrong any more and all clocks move far enough, so everything must come to its end (liveness).
 */
final class Simulation {

    private static final long TIMER_EVERY_MILLIS = 50;
    private static final int NOBODY = -1;
    private static final int MOST_ACTIONS = 5_000;
    private static final int LONGEST_BURST = 12;
    private static final int TIMERS_UNTIL_IDLE = 20;
    private static final List<Integer> STEPS_BETWEEN_CRASHES = List.of(60, 300, 1_500, 6_000);

    private final Settings settings;
    private final Scenario scenario;
    private final Input input;
    private final Random chance;
    private final Steps steps = new Steps();
    private final Broker broker;
    private final Deque<SpecificRecord> lateControl;
    private final List<Instance> instances = new ArrayList<>();
    private final int[] ownerOf;
    private final int stepsBetweenCrashes;
    private int acting;
    private long wallMillis;
    private long timerMillis;
    private int crashes;
    private int fenced;

    private Simulation(Settings settings, Scenario scenario, Input input) {
        this.settings = settings;
        this.scenario = scenario;
        this.input = input;
        this.chance = new Random(settings.seed());
        this.broker = new Broker(settings.partitions(), settings.weakness(), !input.complete());
        this.lateControl = new ArrayDeque<>(input.lateControl());
        this.ownerOf = new int[settings.partitions()];
        this.stepsBetweenCrashes = STEPS_BETWEEN_CRASHES.get(chance.nextInt(STEPS_BETWEEN_CRASHES.size()));
    }

    /** A scenario as its loader writes it. */
    static Run run(Settings settings, Scenario scenario) {
        return run(settings, scenario, Input.of(scenario, settings));
    }

    /** Something else than what the scenario's loader writes. */
    static Run run(Settings settings, Scenario scenario, Input input) {
        return new Simulation(settings, scenario, input).run();
    }

    /** What another run was given and rerouted, without faults. */
    static Run undisturbed(Run run) {
        return run(run.settings().undisturbed(), run.scenario(), Input.again(run));
    }

    private Run run() {
        load();
        if (settings.faults()) {
            doWhateverCanGoWrong();
        }
        comeToTheEnd();
        return new Run(settings, scenario, input, broker, steps.taken(), crashes, fenced);
    }

    private void load() {
        input.firstControl().forEach(broker::append);
        for (int partition = 0; partition < settings.partitions(); partition++) {
            for (Arrival arrival : input.logs().get(partition)) {
                broker.append(partition, arrival);
            }
            ownerOf[partition] = NOBODY;
        }
        for (int instance = 0; instance < settings.instances(); instance++) {
            instances.add(new Instance(broker, steps, settings));
        }
    }

    private void doWhateverCanGoWrong() {
        steps.crashAfter(1 + chance.nextInt(stepsBetweenCrashes));
        for (int action = 0; action < MOST_ACTIONS && !isAllRead(); action++) {
            try {
                act();
            } catch (Crash crash) {
                crash();
            }
        }
        steps.crashNoMore();
    }

    private boolean isAllRead() {
        return broker.partitions.stream().allMatch(partition -> partition.offset == partition.log.size());
    }

    private void crash() {
        crashes++;
        instances.set(acting, new Instance(broker, steps, settings));
        for (int partition = 0; partition < ownerOf.length; partition++) {
            if (ownerOf[partition] == acting) {
                ownerOf[partition] = NOBODY;
            }
        }
        steps.crashAfter(1 + chance.nextInt(stepsBetweenCrashes));
    }

    private void act() {
        if (assignWhatNobodyOwns()) {
            return;
        }
        acting = chance.nextInt(instances.size());
        List<Task> tasks = List.copyOf(instances.get(acting).tasks.values());
        if (tasks.isEmpty()) {
            readControl();
            return;
        }
        Task task = tasks.get(chance.nextInt(tasks.size()));
        int dice = chance.nextInt(100);
        if (dice < 55) {
            read(task, 1 + chance.nextInt(LONGEST_BURST));
        } else if (dice < 72) {
            commit(task);
        } else if (dice < 84) {
            task.punctuate(timer());
        } else if (dice < 87) {
            task.crowdCache();
        } else if (dice < 94) {
            readControl();
        } else if (dice < 97) {
            move(task.partition());
        } else if (dice < 99) {
            task.revive();
        } else {
            throw new Crash();
        }
    }

    private boolean assignWhatNobodyOwns() {
        for (int partition = 0; partition < ownerOf.length; partition++) {
            if (ownerOf[partition] == NOBODY) {
                assign(partition, chance.nextInt(instances.size()));
                return true;
            }
        }
        return false;
    }

    private void assign(int partition, int instance) {
        acting = instance;
        ownerOf[partition] = instance;
        instances.get(instance).open(partition);
    }

    private void read(Task task, int most) {
        Arrival next = task.next();
        for (int left = most; left > 0 && next != null; left--) {
            if (!next.recorded().ingest().isBefore(input.lateUntil())) {
                makeAllControlKnown();
            }
            wallMillis = Math.max(wallMillis, next.ingestMillis())
                    + (chance.nextInt(20) == 0 ? TimeUnit.MINUTES.toMillis(chance.nextInt(90)) : 0);
            task.process(next, wallMillis);
            next = task.next();
        }
    }

    private void makeAllControlKnown() {
        lateControl.forEach(broker::append);
        lateControl.clear();
        instances.forEach(Instance::readAllControl);
    }

    /** The next control record is written, or becomes known to one of the instances. */
    private void readControl() {
        if (!lateControl.isEmpty() && chance.nextBoolean()) {
            broker.append(lateControl.remove());
        } else {
            instances.get(acting).readControl();
        }
    }

    private void commit(Task task) {
        try {
            task.commit();
        } catch (Fenced zombie) {
            fenced++;
            instances.get(acting).drop(task.partition());
        }
    }

    /** To another instance, if there is one: in peace, or while the old owner does not notice. */
    private void move(int partition) {
        int from = ownerOf[partition];
        boolean inPeace = instances.size() == 1 || chance.nextBoolean();
        if (inPeace) {
            acting = from;
            commit(owned(partition));
            instances.get(from).drop(partition);
        }
        assign(partition, (from + 1) % instances.size());
    }

    /** The task of a partition on the instance that acts, which owns it. */
    private Task owned(int partition) {
        return Objects.requireNonNull(instances.get(acting).tasks.get(partition), "the owner has the task");
    }

    private void comeToTheEnd() {
        makeAllControlKnown();
        for (acting = 0; acting < instances.size(); acting++) {
            List.copyOf(instances.get(acting).tasks.values()).stream()
                    .filter(Task::isZombie)
                    .forEach(this::commit);
        }
        while (assignWhatNobodyOwns()) {}
        readAll();
        if (!input.complete()) {
            tick(Duration.ofHours(1));
            tick(Duration.ofDays(3));
        }
    }

    private void tick(Duration afterTheLast) {
        for (int partition = 0; partition < settings.partitions(); partition++) {
            broker.append(partition, Arrival.heartbeat(input.last().plus(afterTheLast)));
        }
        readAll();
    }

    /** The timer goes on by itself; the tasks of a thread take turns by it. */
    private long timer() {
        timerMillis += TIMER_EVERY_MILLIS;
        return timerMillis;
    }

    /** Also what is rerouted meanwhile. */
    private void readAll() {
        do {
            for (int partition = 0; partition < ownerOf.length; partition++) {
                acting = ownerOf[partition];
                Task task = owned(partition);
                read(task, Integer.MAX_VALUE);
                for (int timer = 0; timer < TIMERS_UNTIL_IDLE; timer++) {
                    task.punctuate(timer());
                }
                task.commit();
            }
        } while (!isAllRead());
    }
}
