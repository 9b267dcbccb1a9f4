/**
 * {@code weir status}: whether an installation is well, at one look.
 *
 * <p>Read {@link io.weir.deploy.status.Status} first. Every figure has the name that the metrics, the alerts and the dashboards give it.
 */
@NullMarked
package io.weir.deploy.status;

import org.jspecify.annotations.NullMarked;
