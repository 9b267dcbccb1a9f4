/**
 * The command {@code replay}: runs a recorded scenario through the real pipeline, kills the application on the way where asked,
 * and writes down what came of it (rules.md §9).
 *
 * <p>Read {@link io.weir.deploy.replay.Replay} first, then {@link io.weir.deploy.replay.Run} and
 * {@link io.weir.deploy.replay.Playback}.
 */
@NullMarked
package io.weir.deploy.replay;

import org.jspecify.annotations.NullMarked;
