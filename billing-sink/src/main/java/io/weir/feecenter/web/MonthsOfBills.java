package io.weir.feecenter.web;

import io.weir.feecenter.account.Binding;
import io.weir.feecenter.account.Bindings;
import io.weir.feecenter.ledger.WorkspaceBills;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Set;
import java.util.stream.Collectors;

/** The bills of a workspace by month, from the ledger. */
final class MonthsOfBills {

    private final Bindings bindings;
    private final WorkspaceBills bills;

    MonthsOfBills(Bindings bindings, WorkspaceBills bills) {
        this.bindings = bindings;
        this.bills = bills;
    }

    /**
     * A month as far as it is over.
     *
     * @param today where the workspace lives: its day is not billed yet
     */
    MonthOfBills of(String workspaceId, YearMonth month, LocalDate today) {
        LocalDate first = month.atDay(1);
        LocalDate last = month.atEndOfMonth().isBefore(today) ? month.atEndOfMonth() : today.minusDays(1);
        Set<String> accounts =
                bindings.history(workspaceId).stream().map(Binding::accountId).collect(Collectors.toSet());
        return new MonthOfBills(
                month,
                last,
                month.isBefore(YearMonth.from(today)),
                bills.byItem(workspaceId, accounts, first, last),
                bills.byDay(workspaceId, accounts, first, last));
    }
}
