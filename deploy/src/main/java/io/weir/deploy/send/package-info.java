/**
 * The command {@code send}: usage from a file of lines to {@code usage-events}, all of it or nothing.
 *
 * <p>Read {@link io.weir.deploy.send.UsageLines} first, which reads a line and finds its mistakes, then {@link
 * io.weir.deploy.send.Expectation}, which knows what the metering stream would reject. A file sent twice counts once.
 */
@NullMarked
package io.weir.deploy.send;

import org.jspecify.annotations.NullMarked;
