package io.weir.metering.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A workspace from which events come: what intake keeps at hand for it. */
public final class KnownWorkspace extends ByteTable.Entry {

    final ByteTable<Source> sources = new ByteTable<>();
    private final String id;
    private final int number;

    KnownWorkspace(String id, int number) {
        super(id.getBytes(UTF_8));
        this.id = id;
        this.number = number;
    }

    /** The workspace's id. */
    public String id() {
        return id;
    }

    /** The workspace's number in this task, from 0 in order of appearance: an index for what later steps keep of it. */
    public int number() {
        return number;
    }
}
