package io.weir.deploy.watch;

import java.time.Instant;

/**
 * How far the pipeline is to come.
 *
 * @param clock the clock that every partition reaches with its last record
 * @param issuedBefore all lines of days that end before this instant are to be issued
 * @param records number of usage records that are counted then, heartbeats among them
 */
public record Target(Instant clock, Instant issuedBefore, long records) {}
