/**
 * Who measures and who pays: console accounts with their workspaces, fee-center accounts, and what binds them.
 *
 * <p>Read {@link io.weir.feecenter.account.Workspaces} first. Each method that changes something is one transaction, together with
 * what {@code fee-center.control} has to be told of it. What a person asks for and may not have is refused with a
 * {@link io.weir.feecenter.account.Refusal}; nothing was changed then. All methods throw {@link org.jdbi.v3.core.JdbiException} if
 * the database is away.
 */
@NullMarked
package io.weir.feecenter.account;

import org.jspecify.annotations.NullMarked;
