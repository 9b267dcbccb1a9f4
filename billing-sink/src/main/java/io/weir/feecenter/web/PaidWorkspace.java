package io.weir.feecenter.web;

import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.account.Workspace;

/** A workspace and the fee-center account that pays for it now. */
public record PaidWorkspace(Workspace workspace, FeeCenterAccount payer) {}
