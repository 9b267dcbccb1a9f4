/**
 * Recorded traffic as a folder of files (rules.md §9), and its way onto the topics.
 *
 * <p>Read {@link io.weir.deploy.scenario.Scenario} first, then {@link io.weir.deploy.scenario.UsageRecord}. Quantities are whole
 * base units of their meter, times are UTC. Nothing here knows what usage is worth.
 */
@NullMarked
package io.weir.deploy.scenario;

import org.jspecify.annotations.NullMarked;
