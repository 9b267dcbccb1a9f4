/**
 * The way in for a Java program: it says what was used, and its usage reaches {@code usage-events} once (rules.md §3, §4),
 * whatever ends in between.
 *
 * <p>Read {@link io.weir.publish.UsagePublisher} first, then {@link io.weir.publish.SpoolWriter}, which puts events on the disk,
 * then {@link io.weir.publish.Sender}, which takes them to the broker. Nothing here knows a catalogue, a binding or a price.
 */
@NullMarked
package io.weir.publish;

import org.jspecify.annotations.NullMarked;
