package io.weir.feecenter.usage;

import java.time.ZoneId;

/**
 * A region where workspaces live.
 *
 * @param site its id
 * @param zone in which its days begin; it never changes
 * @param priceGroup {@code CN} or {@code INTL}; it never changes
 * @param cloud that runs it, such as {@code ALIYUN}
 */
public record Site(String site, ZoneId zone, String priceGroup, String cloud) {}
