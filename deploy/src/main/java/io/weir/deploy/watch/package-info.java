/**
 * How far the pipeline is: what is written, metered, closed, counted and posted, asked from outside by its topics, its metrics and
 * its database.
 *
 * <p>Read {@link io.weir.deploy.watch.Completion} first. Nothing here changes anything.
 */
@NullMarked
package io.weir.deploy.watch;

import org.jspecify.annotations.NullMarked;
