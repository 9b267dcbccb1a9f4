package io.weir.deploy.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** One of the two applications as an operator runs it: {@code java -jar}, with a properties file. Can be killed and started again. */
public final class Application implements AutoCloseable {

    private static final String LOOPBACK = "http://127.0.0.1:";

    private final String name;
    private final List<String> command;
    private final Path log;
    private final String address;
    private Child child;
    private Duration cpuOfEarlierStarts = Duration.ZERO;

    private Application(String name, List<String> command, Path log, String address) {
        this.name = name;
        this.command = command;
        this.log = log;
        this.address = address;
        this.child = Child.java(name, log, command);
    }

    /**
     * Starts an application on a free port.
     *
     * @param module the module that it is, which also names its log
     * @param heap most memory for its heap, as {@code -Xmx}
     * @param settings its settings except for its port
     */
    static Application start(DataFolder data, String module, String heap, Map<String, String> settings) {
        int port = Ports.free();
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.setProperty("weir.http.port", Integer.toString(port));
        Path file = PropertiesFile.write(data.root().resolve(module + ".properties"), properties);
        Path jar = Installation.built(module + "/target/" + module + ".jar");
        return new Application(
                module,
                List.of("-Xmx" + heap, "-XX:+UseSerialGC", "-jar", jar.toString(), file.toString()),
                data.log(module),
                LOOPBACK + port);
    }

    /** Waits until the application says that it does its work. */
    public void awaitReady() {
        child.awaitReady(() -> Http.get(address + "/health/ready").isPresent());
    }

    /** Ends the application as a crash would: SIGKILL, nothing saved. */
    public void kill() {
        cpuOfEarlierStarts = cpu();
        child.kill();
    }

    /** Starts the application again, with the same settings and state. */
    public void startAgain() {
        child = Child.java(name, log, command);
        awaitReady();
    }

    /** Where its metrics are. */
    public String metricsUrl() {
        return address + "/metrics";
    }

    /** Its metrics in Prometheus' text format; empty while it does not answer. */
    public Optional<String> metrics() {
        return Http.get(metricsUrl());
    }

    /** Processor time used so far, over all its starts. */
    public Duration cpu() {
        return cpuOfEarlierStarts.plus(child.cpu());
    }

    /** Reports an application that has died, with the last it logged. */
    public void requireAlive() {
        child.requireAlive();
    }

    @Override
    public void close() {
        child.close();
    }
}
