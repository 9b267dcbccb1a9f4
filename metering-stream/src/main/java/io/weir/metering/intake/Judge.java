package io.weir.metering.intake;

import static io.weir.metering.intake.Rejection.quoted;

import io.weir.usage.Reason;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Judges each record by the checks of rules.md §3 in their order: the first that fails decides. What it accepts is in the
 * memory of identities and in {@link #accepted()}.
 */
public final class Judge {

    private final UsageReader reader;
    private final Meters meters;
    private final Sources sources;
    private final SeenIds seenIds;
    private final Predicate<byte[]> isHome;
    private final Predicate<String> isKnown;
    private final ByteTable<KnownWorkspace> workspaces = new ByteTable<>();
    private final UsageView view = new UsageView();
    private final AcceptedUsage usage = new AcceptedUsage(view);
    private @Nullable Rejection rejection;

    /**
     * @param isHome whether a record with this key belongs on this partition
     * @param isKnown whether the control log knows this workspace and its site
     */
    public Judge(
            UsageReader reader,
            Meters meters,
            Sources sources,
            SeenIds seenIds,
            Predicate<byte[]> isHome,
            Predicate<String> isKnown) {
        this.reader = reader;
        this.meters = meters;
        this.sources = sources;
        this.seenIds = seenIds;
        this.isHome = isHome;
        this.isKnown = isKnown;
    }

    /**
     * The outcome of a record that has a value; if it is rejected, {@link #rejection()} says why.
     *
     * @param ingestMillis the record's ingest time, milliseconds UTC
     * @param clockMillis the partition's clock, already moved by this record
     */
    public Outcome judge(byte @Nullable [] key, byte[] value, long ingestMillis, long clockMillis) {
        Rejection refusal = reader.read(value, view);
        if (refusal == null) {
            refusal = Checks.fields(view);
        }
        if (refusal == null) {
            refusal = Checks.key(key, view);
        }
        return refusal != null ? rejected(refusal) : judgeKeyed(Objects.requireNonNull(key), ingestMillis, clockMillis);
    }

    private Outcome judgeKeyed(byte[] key, long ingestMillis, long clockMillis) {
        KnownWorkspace workspace = workspaces.find(view.bytes, view.workspaceFrom, view.workspaceLength);
        if (workspace == null && !isHome.test(key)) { // what was taken in before is at home here
            return Outcome.REROUTED;
        }
        if (workspace == null) {
            workspace = takeIn(view.workspaceId());
        }
        return workspace == null ? unknown() : judge(workspace, ingestMillis, clockMillis);
    }

    private Outcome judge(KnownWorkspace workspace, long ingestMillis, long clockMillis) {
        Rejection refusal = meters.known(view, usage);
        if (refusal == null) {
            refusal = Meters.quantities(usage);
        }
        if (refusal == null) {
            refusal = Checks.time(view.occurredAtMillis, ingestMillis, clockMillis);
        }
        return refusal != null ? rejected(refusal) : remember(workspace, ingestMillis, clockMillis);
    }

    /** Checks 11 to 13: accepted before, its id used for something else, or new. */
    private Outcome remember(KnownWorkspace workspace, long ingestMillis, long clockMillis) {
        Source source = sources.of(workspace, view);
        source.identity.hash(view);
        usage.of(workspace, source.identity, ingestMillis);
        if (view.sequenced) {
            return sources.accept(source, view.sequence, ingestMillis, clockMillis)
                    ? Outcome.ACCEPTED
                    : Outcome.DUPLICATE;
        }
        return switch (seenIds.remember(workspace, source.identity, view, ingestMillis, clockMillis)) {
            case NEW -> Outcome.ACCEPTED;
            case SAME_CONTENT -> Outcome.DUPLICATE;
            case OTHER_CONTENT ->
                rejected(new Rejection(
                        Reason.ID_REUSE,
                        "event_id " + quoted(view.text(view.eventIdFrom, view.eventIdLength))
                                + " was accepted with other content"));
        };
    }

    private @Nullable KnownWorkspace takeIn(String workspaceId) {
        if (!isKnown.test(workspaceId)) {
            return null;
        }
        KnownWorkspace workspace = new KnownWorkspace(workspaceId, workspaces.size());
        workspaces.add(workspace);
        return workspace;
    }

    private Outcome unknown() {
        return rejected(
                new Rejection(Reason.UNKNOWN_WORKSPACE, "workspace " + quoted(view.workspaceId()) + " is not known"));
    }

    private Outcome rejected(Rejection refusal) {
        rejection = refusal;
        return Outcome.REJECTED;
    }

    /** Why the last rejected record was refused. */
    public Rejection rejection() {
        return Objects.requireNonNull(rejection, "nothing was rejected yet");
    }

    /** The last accepted record. */
    public AcceptedUsage accepted() {
        return usage;
    }
}
