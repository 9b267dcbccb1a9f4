package io.weir.metering.simulation;

/**
 * What kind of run it is.
 *
 * @param seed decides everything that happens by chance
 * @param partitions of {@code usage-events}
 * @param instances 1 or 2
 * @param lateTerms whether bindings, accounts and prices become known among the usage, on one instance before the other
 * @param strays whether some records lie on a partition that is not their key's
 * @param roomyCache whether the hook's cache has room for its entry
 * @param faults whether instances crash, tasks move and old owners go on
 * @param weakness what is wrong with the runtime
 */
record Settings(
        long seed,
        int partitions,
        int instances,
        boolean lateTerms,
        boolean strays,
        boolean roomyCache,
        boolean faults,
        Weakness weakness) {

    /** The same input without faults, on one instance. */
    Settings undisturbed() {
        return new Settings(seed, partitions, 1, false, false, true, false, Weakness.NONE);
    }

    /** The same run on a runtime with something wrong. */
    Settings with(Weakness wrong) {
        return new Settings(seed, partitions, instances, lateTerms, strays, roomyCache, faults, wrong);
    }
}
