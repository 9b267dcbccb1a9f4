package io.weir.wire;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * That the broker does not let this user do what it must. Waiting does not help: the message names what is missing and what to do.
 */
public final class BrokerRefusal extends RuntimeException {

    private static final String GRANT = "; deploy/kafka/acls.sh grants what each part of Weir needs";

    private BrokerRefusal(String message) {
        super(message);
    }

    /**
     * The refusal of several things at once.
     *
     * @param missing each an operation and a resource by Kafka's words, such as {@code READ on group weir-metering}
     */
    public static BrokerRefusal of(Collection<String> missing) {
        return new BrokerRefusal("the broker does not allow %s".formatted(String.join(", ", missing)) + GRANT);
    }

    /**
     * The refusal behind a failure; empty if it is of another kind.
     *
     * @param operation what was asked for, if it was about a topic: the broker does not say
     */
    public static Optional<BrokerRefusal> behind(Throwable failure, String operation) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BrokerRefusal refusal) {
                return Optional.of(refusal);
            }
            if (cause instanceof AuthorizationException denied) {
                return Optional.of(of(denied(denied, operation)));
            }
            if (cause instanceof AuthenticationException unknown) {
                return Optional.of(new BrokerRefusal(
                        "the broker does not accept who this is: %s; look at the settings kafka.sasl.… and kafka.ssl.…"
                                .formatted(unknown.getMessage())));
            }
        }
        return Optional.empty();
    }

    private static Collection<String> denied(AuthorizationException denied, String operation) {
        if (denied instanceof TopicAuthorizationException named
                && !named.unauthorizedTopics().isEmpty()) {
            return named.unauthorizedTopics().stream()
                    .map(topic -> operation + " on topic " + topic)
                    .toList();
        }
        if (denied instanceof GroupAuthorizationException named && named.groupId() != null) {
            return List.of("READ on group " + named.groupId());
        }
        return List.of("what was asked of it: " + denied.getMessage());
    }
}
