package io.weir.wire;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The names under which one installation finds the topics of the catalogue. A live installation has those of the catalogue. A
 * shadow has topics of its own, named like them behind a prefix, and reads the same {@code usage-events} as the live one: two
 * installations on one broker meter the same usage, and neither sees what the other makes of it.
 *
 * @param prefix what stands before the names of all topics but {@code usage-events}; empty for a live installation
 */
public record TopicNames(String prefix) {

    /** The setting that both applications take. */
    public static final String KEY = "weir.topics.prefix";

    /** What Kafka takes, and short enough for the names of changelogs, which begin with it too. */
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._-]{0,100}");

    /** The names of the catalogue. */
    public static final TopicNames LIVE = new TopicNames("");

    /** Refuses a prefix that could not begin the name of a topic. */
    public TopicNames {
        if (!LEGAL.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "'%s' cannot begin the name of a topic: at most 100 of the characters A-Z a-z 0-9 . _ -"
                            .formatted(prefix));
        }
    }

    /** Reads {@code weir.topics.prefix}; a mistake is noted, with the names of the catalogue as a stand-in. */
    public static TopicNames from(Settings settings) {
        try {
            return new TopicNames(settings.text(KEY, ""));
        } catch (IllegalArgumentException illegal) {
            settings.mistake(KEY + ": " + illegal.getMessage());
            return LIVE;
        }
    }

    /** The name of a topic of the catalogue in this installation. */
    public String of(Topic topic) {
        return topic.name().equals(Topics.USAGE_EVENTS.name()) ? topic.name() : prefix + topic.name();
    }

    /** All topics of the catalogue as this installation needs them, in data order. */
    public List<Topic> all() {
        return named(Topics.all());
    }

    /** The same for the replay of an archive. */
    public List<Topic> forReplay() {
        return named(Topics.forReplay());
    }

    private List<Topic> named(List<Topic> topics) {
        return topics.stream().map(topic -> topic.named(of(topic))).toList();
    }
}
