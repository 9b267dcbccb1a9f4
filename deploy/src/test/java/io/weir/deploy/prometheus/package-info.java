/** What is shipped to watch Weir, by a real Prometheus that watches the real applications. */
@NullMarked
package io.weir.deploy.prometheus;

import org.jspecify.annotations.NullMarked;
