package io.weir.deploy.quickstart;

import io.weir.deploy.stack.DataFolder;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.stack.Stack;
import java.io.PrintStream;

/** Where to look, and how to stop or continue. */
final class Directions {

    private final Pipeline pipeline;
    private final Demo demo;
    private final PrintStream out;

    Directions(Pipeline pipeline, Demo demo, PrintStream out) {
        this.pipeline = pipeline;
        this.demo = demo;
        this.out = out;
    }

    void print(boolean keep) {
        DataFolder data = pipeline.stack().data();
        out.println();
        if (keep) {
            out.println("Console    " + pipeline.feeCenter().consoleUrl());
            out.println(
                    "           owner       site %s, %s, password %s".formatted(Demo.SITE, Demo.EMAIL, Demo.PASSWORD));
            out.println("           fee center  /fee-center/sign-in, %s, password %s"
                    .formatted(demo.payer(), Demo.PASSWORD));
            out.println("           operator    /operator/sign-in, password " + Stack.OPERATOR_PASSWORD);
            out.println("Mail       " + pipeline.stack().postbox().letters() + ", with the codes that are sent");
            out.println("Metrics    metering stream  " + pipeline.metering().metricsUrl());
            out.println("           fee center       " + pipeline.feeCenter().metricsUrl());
            out.println("Ledger     psql '" + pipeline.stack().database().address() + "'");
            out.println("Kafka      " + pipeline.stack().broker().bootstrapServers());
            out.println("Registry   " + pipeline.stack().registry().url());
        } else {
            out.println("Console    the fee center serves it while it is up: see --keep");
            out.println("Metrics    each application serves them at /metrics while it is up: see --keep");
        }
        out.println("Data       " + data.root() + (data.isTemporary() ? ", which goes at the end" : ""));
        out.println("Logs       " + data.folder("log"));
        if (keep) {
            out.println("Stop       Ctrl-C; until then a simulated hour passes every few seconds");
        }
        out.println("Continue   deploy/weir quickstart --keep --data " + (data.isTemporary() ? "DIR" : data.root()));
    }
}
