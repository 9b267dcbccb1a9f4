/**
 * An installation seen from outside: where its applications are set up, its topics and its registry. For commands with which an
 * operator looks at an installation that is at work, their own or a stack that {@code quickstart --keep} runs.
 *
 * <p>Read {@link io.weir.deploy.installation.MeteringInstallation} first. Nothing here writes anything unless a command asks for
 * a producer.
 */
@NullMarked
package io.weir.deploy.installation;

import org.jspecify.annotations.NullMarked;
