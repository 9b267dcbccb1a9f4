package io.weir.deploy.faults;

/** What can fail: a process of the system. */
enum Part {
    METERING("metering stream"),
    FEE_CENTER("fee center"),
    BROKER("broker"),
    DATABASE("database"),
    REGISTRY("schema registry");

    private final String words;

    Part(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
