package io.weir.deploy.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** One of the two applications as an operator runs it: {@code java -jar}, with a properties file. Can be killed and started again. */
public final class Application implements AutoCloseable {

    /** The settings name it if the application has a console; which port it is, is chosen here. */
    static final String CONSOLE_PORT = "weir.console.port";

    private static final String LOOPBACK = "http://127.0.0.1:";

    private final Child child;
    private final String address;
    private final String consoleUrl;

    private Application(Child child, String address, String consoleUrl) {
        this.child = child;
        this.address = address;
        this.consoleUrl = consoleUrl;
    }

    /**
     * Starts an application on free ports.
     *
     * @param module the module that it is
     * @param name its own among all applications of the stack; names its log and its file of settings
     * @param heap most memory for its heap, as {@code -Xmx}
     * @param settings its settings except for its port
     */
    static Application start(DataFolder data, String module, String name, String heap, Map<String, String> settings) {
        int port = Ports.free();
        int consolePort = Ports.free();
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.setProperty("weir.http.port", Integer.toString(port));
        properties.computeIfPresent(CONSOLE_PORT, (key, any) -> Integer.toString(consolePort));
        Path file = PropertiesFile.write(data.root().resolve(name + ".properties"), properties);
        Path jar = Installation.built(module + "/target/" + module + ".jar");
        List<String> command = List.of("-Xmx" + heap, "-XX:+UseSerialGC", "-jar", jar.toString(), file.toString());
        return new Application(Child.java(name, data.log(name), command), LOOPBACK + port, LOOPBACK + consolePort);
    }

    /** Waits until the application says that it does its work. */
    public void awaitReady() {
        child.awaitReady(() -> Http.get(address + "/health/ready").isPresent());
    }

    /** Ends the application as a crash would: SIGKILL, nothing saved. */
    public void kill() {
        child.kill();
    }

    /** Ends the application as an operator would: SIGTERM, and it saves what it likes. */
    public void stop() {
        child.close();
    }

    /** Lets it stand still where it is, as a long pause of the machine would (SIGSTOP). */
    public void freeze() {
        child.freeze();
    }

    /** Lets it go on after it stood still (SIGCONT); it may have lost its work to another meanwhile. */
    public void thaw() {
        child.thaw();
    }

    /** Starts the application again, with the same settings and state. */
    public void startAgain() {
        child.startAgain();
        awaitReady();
    }

    /** Where its metrics are. */
    public String metricsUrl() {
        return address + "/metrics";
    }

    /** Where its console is, if it has one. */
    public String consoleUrl() {
        return consoleUrl;
    }

    /** Its metrics in Prometheus' text format; empty while it does not answer. */
    public Optional<String> metrics() {
        return Http.get(metricsUrl());
    }

    /** Processor time used so far, over all its starts. */
    public Duration cpu() {
        return child.cpu();
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
