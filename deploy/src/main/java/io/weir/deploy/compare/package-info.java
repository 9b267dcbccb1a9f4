/**
 * Compares two net bills row by row, before a shadow goes live and whenever two bills should be one.
 *
 * <p>Read {@link io.weir.deploy.compare.Compare} first. Quantities are in base units of the item, amounts in the currency of their
 * row; both are compared as numbers, without tolerance.
 */
@NullMarked
package io.weir.deploy.compare;

import org.jspecify.annotations.NullMarked;
