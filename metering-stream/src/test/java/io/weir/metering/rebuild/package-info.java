/** Tests of the way back after lost state, and what they say stands on the topics. */
@NullMarked
package io.weir.metering.rebuild;

import org.jspecify.annotations.NullMarked;
