/** What the control log accepts and refuses, tested without a stream. */
@NullMarked
package io.weir.metering.control;

import org.jspecify.annotations.NullMarked;
