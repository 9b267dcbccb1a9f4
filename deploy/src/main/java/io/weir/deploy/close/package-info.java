/**
 * The command {@code measure-close}: how long it takes when the days of very many workspaces close at once, and what other
 * traffic feels of it.
 *
 * <p>Read {@link io.weir.deploy.close.MeasureClose} first, then {@link io.weir.deploy.close.Probes}. Times are milliseconds of
 * the wall clock where they say how long, and ingest times where they say when.
 */
@NullMarked
package io.weir.deploy.close;

import org.jspecify.annotations.NullMarked;
