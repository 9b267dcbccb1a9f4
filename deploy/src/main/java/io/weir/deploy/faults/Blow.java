package io.weir.deploy.faults;

/** How it fails. */
enum Blow {
    /** As in a crash: SIGKILL, for the database its immediate stop. */
    KILL("killed"),

    /** As by an operator: SIGTERM. */
    STOP("stopped"),

    /** SIGSTOP until another instance has taken over, then SIGCONT: a zombie that believes it still owns its work. */
    FREEZE("frozen");

    private final String words;

    Blow(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
