/**
 * The whole system on one machine: broker, schema registry, database and both applications as child processes on the loopback
 * interface, with everything they keep in one data folder.
 *
 * <p>Read {@link io.weir.deploy.stack.Stack} first, then its parts in the order in which they start. Nothing here knows what
 * travels through the system.
 */
@NullMarked
package io.weir.deploy.stack;

import org.jspecify.annotations.NullMarked;
