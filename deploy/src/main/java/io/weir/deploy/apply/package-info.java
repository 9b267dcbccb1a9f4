/**
 * {@code weir apply}: publishes sites, workspaces, accounts, bindings, catalogue and price book from files.
 *
 * <p>Read {@link io.weir.deploy.apply.Apply} first. What is refused is decided by the metering stream's own table of the control log.
 */
@NullMarked
package io.weir.deploy.apply;

import org.jspecify.annotations.NullMarked;
