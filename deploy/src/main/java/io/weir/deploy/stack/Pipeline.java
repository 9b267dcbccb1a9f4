package io.weir.deploy.stack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The applications at work on a stack: one instance of each, or several that share the work. */
public final class Pipeline {

    private final Stack stack;
    private final Function<String, Map<String, String>> more;
    private final List<Application> meterings = new ArrayList<>();
    private final List<Application> feeCenters = new ArrayList<>();

    private Pipeline(Stack stack, Function<String, Map<String, String>> more) {
        this.stack = stack;
        this.more = more;
        addMetering();
        feeCenters.add(stack.startFeeCenter());
    }

    /** Starts both and waits until they do their work. What they must know from the start is on the broker by now. */
    public static Pipeline start(Stack stack) {
        return start(stack, 1);
    }

    /**
     * Starts the sink and some instances of the metering stream, and waits until they do their work.
     *
     * @param instances number of instances of the metering stream, 1 or more
     */
    public static Pipeline start(Stack stack, int instances) {
        return start(stack, instances, name -> Map.of());
    }

    /**
     * The same with more settings for the metering stream.
     *
     * @param more settings of the instance with this name, beside those that the stack needs
     */
    public static Pipeline start(Stack stack, int instances, Function<String, Map<String, String>> more) {
        Pipeline pipeline = new Pipeline(stack, more);
        for (int number = 2; number <= instances; number++) {
            pipeline.addMetering();
        }
        pipeline.meterings.forEach(Application::awaitReady);
        pipeline.feeCenters.forEach(Application::awaitReady);
        return pipeline;
    }

    /** Starts one more instance of the metering stream, which takes its share once it is there. */
    public void addMetering() {
        String first = stack.topics().prefix() + "metering-stream";
        String name = meterings.isEmpty() ? first : first + "-" + (meterings.size() + 1);
        meterings.add(stack.startMetering(stack.meteringId(), name, more.apply(name)));
    }

    /** Starts one more instance of the fee center's sink, which takes its share once it is there. */
    public void addFeeCenter() {
        feeCenters.add(stack.startFeeCenter(stack.topics().prefix() + "billing-sink-" + (feeCenters.size() + 1)));
    }

    /** The servers that they use. */
    public Stack stack() {
        return stack;
    }

    /** The first instance of the metering stream. */
    public Application metering() {
        return meterings.get(0);
    }

    /** All instances of the metering stream, also those that are added later. */
    public List<Application> meterings() {
        return Collections.unmodifiableList(meterings);
    }

    /** All instances of the fee center's sink, also those that are added later. */
    public List<Application> feeCenters() {
        return Collections.unmodifiableList(feeCenters);
    }

    /** The first instance of the fee center's sink. */
    public Application feeCenter() {
        return feeCenters.get(0);
    }

    /** Reports a part that has died, with the last it logged. */
    public void requireAlive() {
        stack.requireAlive();
        meterings.forEach(Application::requireAlive);
        feeCenters.forEach(Application::requireAlive);
    }
}
