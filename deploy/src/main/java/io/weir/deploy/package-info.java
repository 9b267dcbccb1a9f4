/**
 * The whole system on one machine: launched, fed, replayed and measured. No billing rule lives here.
 */
@NullMarked
package io.weir.deploy;

import org.jspecify.annotations.NullMarked;
