package io.weir.deploy.faults;

/** What the pipeline is about when a fault strikes; in this order. */
enum Phase {
    /** Usage arrives. */
    WRITING("while usage is written"),

    /** The sink has lines before it that it has not posted. */
    POSTING("while lines are posted"),

    /** The last days close: lines are on the topic, in a transaction that is still open. */
    CLOSING("while days close");

    private final String words;

    Phase(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
