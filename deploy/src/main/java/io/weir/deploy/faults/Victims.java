package io.weir.deploy.faults;

import io.weir.deploy.stack.Application;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.stack.Stack;

/** Does to the parts of a pipeline what a fault says, and undoes it. */
final class Victims {

    private final Pipeline pipeline;
    private final Stack stack;
    private final int meteringsAtStart;

    Victims(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.meteringsAtStart = pipeline.meterings().size();
        this.stack = pipeline.stack();
    }

    /** Lets a part fail; returns when it is away. */
    void strike(Fault fault) {
        switch (fault.part()) {
            case METERING, FEE_CENTER -> strike(application(fault), fault.blow());
            case BROKER -> strikeBroker(fault.blow());
            case DATABASE -> stack.database().stopImmediately();
            case REGISTRY -> stack.registry().kill();
        }
    }

    private static void strike(Application application, Blow blow) {
        switch (blow) {
            case KILL -> application.kill();
            case STOP -> application.stop();
            case FREEZE -> application.freeze();
        }
    }

    private void strikeBroker(Blow blow) {
        switch (blow) {
            case KILL -> stack.broker().kill();
            case STOP -> stack.broker().stop();
            case FREEZE -> throw new IllegalArgumentException("One broker alone has nobody who takes over");
        }
    }

    /** Makes sure that there is somebody to take over from a frozen instance. */
    void standIn(Fault fault) {
        if (fault.part() == Part.METERING && pipeline.meterings().size() == 1) {
            pipeline.addMetering();
        } else if (fault.part() == Part.FEE_CENTER && pipeline.feeCenters().size() == 1) {
            pipeline.addFeeCenter();
        }
    }

    /** Brings the part back; returns when it says that it works. */
    void mend(Fault fault) {
        switch (fault.part()) {
            case METERING, FEE_CENTER -> mend(application(fault), fault.blow());
            case BROKER -> stack.broker().startAgain();
            case DATABASE -> stack.database().startAgain();
            case REGISTRY -> stack.registry().startAgain();
        }
    }

    private static void mend(Application application, Blow blow) {
        switch (blow) {
            case KILL, STOP -> application.startAgain();
            case FREEZE -> application.thaw();
        }
    }

    /** The same one before and after another has joined. */
    private Application application(Fault fault) {
        return fault.part() == Part.METERING
                ? pipeline.meterings().get(fault.instance() % meteringsAtStart)
                : pipeline.feeCenter();
    }
}
