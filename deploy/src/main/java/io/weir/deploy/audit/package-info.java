/**
 * The command {@code audit}: whether an installation adds up, computed again from its topics and its database (rules.md §3, §4, §5,
 * §7, §8).
 *
 * <p>Read {@link io.weir.deploy.audit.Audit} first: it takes its steps in the order in which what it reads must be read while the
 * installation is at work. Nothing here shares code with the metering stream's intake, windows or rating, or with the ledger.
 */
@NullMarked
package io.weir.deploy.audit;

import org.jspecify.annotations.NullMarked;
