/**
 * The command that rebuilds a metering stream whose state is lost, for an operator's installation and for a data folder.
 *
 * <p>Read {@link io.weir.deploy.rebuild.RebuildCommand} first. What is taken from the topics and why is the metering stream's
 * business.
 */
@NullMarked
package io.weir.deploy.rebuild;

import org.jspecify.annotations.NullMarked;
