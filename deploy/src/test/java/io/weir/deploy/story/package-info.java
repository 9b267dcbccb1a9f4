/** One owner's way from the Free plan to a month's statement, in a real browser, on the whole line. */
@NullMarked
package io.weir.deploy.story;

import org.jspecify.annotations.NullMarked;
