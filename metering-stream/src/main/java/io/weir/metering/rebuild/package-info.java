/**
 * The way back after lost state: seeds the state of a new application id from what stands on the topics, so that the stream
 * that starts under it goes on where the old one ended (rules.md §7).
 *
 * <p>Read {@link io.weir.metering.rebuild.Rebuild} first. Nothing here runs beside a stream; what a rebuilt stream does until it
 * has caught up is in {@link io.weir.metering.intake.CatchUp}.
 */
@NullMarked
package io.weir.metering.rebuild;

import org.jspecify.annotations.NullMarked;
