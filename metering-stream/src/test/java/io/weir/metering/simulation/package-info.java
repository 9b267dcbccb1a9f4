/**
 * The line's real processors on a small runtime of our own, in one thread and without Kafka: thousands of runs a minute in which
 * it crashes between any two steps, moves and commits as a seed says.
 *
 * <p>Read {@code SimulationTest} first, then {@code Simulation}, {@code Task} (what Kafka Streams does with one partition) and
 * {@code Broker} (what it does with a transaction). {@code Verdict} compares with the recomputation and with a run
 * without faults. The runtime is only as true as our understanding of Streams: {@code CommitPathsTest} proves the same on a real broker.
 */
@NullMarked
package io.weir.metering.simulation;

import org.jspecify.annotations.NullMarked;
