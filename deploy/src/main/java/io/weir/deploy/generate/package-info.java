/**
 * The command {@code generate}, and the simulated world behind it: sites, workspaces, accounts, and producers that report usage as
 * DataKits do, with duplicates, disorder and late events.
 *
 * <p>Read {@link io.weir.deploy.generate.World} first, then {@link io.weir.deploy.generate.Traffic}. Everything follows from a
 * seed: the same seed gives the same bytes. Quantities are whole base units of their meter.
 */
@NullMarked
package io.weir.deploy.generate;

import org.jspecify.annotations.NullMarked;
