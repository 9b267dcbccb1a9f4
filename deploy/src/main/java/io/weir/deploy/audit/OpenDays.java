package io.weir.deploy.audit;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;

/** Days of workspaces of which a window has changed since it was last published, so that nothing can be said of them yet. */
final class OpenDays {

    private record OpenDay(String workspaceId, LocalDate day) {}

    private final Set<OpenDay> days = new HashSet<>();

    void add(String workspaceId, LocalDate day) {
        days.add(new OpenDay(workspaceId, day));
    }

    boolean holds(String workspaceId, LocalDate day) {
        return days.contains(new OpenDay(workspaceId, day));
    }
}
