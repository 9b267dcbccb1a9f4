package io.weir.metering.rebuild;

import io.weir.metering.MeteringConfig;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;

/**
 * The stream that takes the old one's place.
 *
 * @param admin asks the broker
 * @param config its settings
 */
record NewStream(Admin admin, MeteringConfig config) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    /** Refuses an id under which there is anything: it would mix with what is seeded. */
    void requireUnused(String oldId) {
        String id = config.applicationId();
        if (!ID.matcher(id).matches()) {
            throw new RebuildRefused("'%s' is not an application id: [A-Za-z0-9._-]{1,200}".formatted(id));
        }
        if (id.equals(oldId)) {
            throw new RebuildRefused(
                    "%s is the id of the stream whose state is lost: what is left of it would mix with what is rebuilt; name a new id"
                            .formatted(id));
        }
        requireNone("topics", topics(id));
        requireNone("consumer groups", groups(id));
        if (Files.exists(config.stateFolder().resolve(id))) {
            requireNone("state", List.of(config.stateFolder().resolve(id).toString()));
        }
    }

    private Collection<String> topics(String id) {
        return Answers.await(admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(id + "-") && name.endsWith("-changelog"))
                .toList();
    }

    private Collection<String> groups(String id) {
        return Answers.await(admin.listGroups().all()).stream()
                .map(GroupListing::groupId)
                .filter(id::equals)
                .toList();
    }

    private void requireNone(String what, Collection<String> found) {
        if (!found.isEmpty()) {
            throw new RebuildRefused("under the id %s there are %s already: %s; name another id"
                    .formatted(config.applicationId(), what, found));
        }
    }
}
