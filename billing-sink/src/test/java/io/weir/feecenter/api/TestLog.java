package io.weir.feecenter.api;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** What this process logs meanwhile: all of Weir, and of the libraries what the shipped configuration shows. */
final class TestLog implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger weir = (Logger) LoggerFactory.getLogger("io.weir");
    private final Level before = root.getLevel();
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    TestLog() {
        events.list = new CopyOnWriteArrayList<>();
        events.start();
        root.addAppender(events);
        root.setLevel(Level.INFO);
        weir.setLevel(Level.TRACE);
    }

    /** All messages, with the traces of what was thrown. */
    String text() {
        return events.list.stream()
                .map(event ->
                        event.getFormattedMessage() + "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        root.detachAppender(events);
        root.setLevel(before);
        weir.setLevel(null);
    }
}
