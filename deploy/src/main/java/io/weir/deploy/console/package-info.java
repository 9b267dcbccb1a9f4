/**
 * What the person at the terminal reads: progress while something takes long, and why a command could not do its work.
 *
 * <p>Knows nothing of Kafka, of usage or of money.
 */
@NullMarked
package io.weir.deploy.console;

import org.jspecify.annotations.NullMarked;
