/** The publisher against real brokers, registries and kills. */
@NullMarked
package io.weir.publish;

import org.jspecify.annotations.NullMarked;
