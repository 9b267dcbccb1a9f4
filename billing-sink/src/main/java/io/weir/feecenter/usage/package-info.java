/**
 * What workspaces used, as the fee center knows it: copies of {@code metered-usage} and of what the control log says of sites and
 * items, for charts and for the Free plan.
 *
 * <p>Read {@link io.weir.feecenter.usage.UsageReader} first, which fills the tables, then
 * {@link io.weir.feecenter.usage.UsageQuery}. Quantities are exact, in base units of a meter. Nothing here charges: what a line
 * costs is decided by the metering stream alone.
 */
@NullMarked
package io.weir.feecenter.usage;

import org.jspecify.annotations.NullMarked;
