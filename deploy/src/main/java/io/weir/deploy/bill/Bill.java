package io.weir.deploy.bill;

import io.weir.deploy.installation.FeeCenterInstallation;
import io.weir.deploy.installation.LedgerSource;
import io.weir.feecenter.ledger.BillQuery;
import io.weir.feecenter.ledger.BillQuery.BillRow;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the net bill from the ledger. */
@Command(
        name = "bill",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows what each account owes, net of all corrections, from the ledger: by account, workspace and item. Of a"
                    + " single day of a single account, each charge with its quantity. An amount is the sum of rounded lines.",
            "What is held or held back is in no bill: weir held list. How a charge came about: weir lines."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:shown", "1:failed, said in words", "2:wrong usage of the command"})
public final class Bill implements Callable<Integer> {

    @Option(names = "--account", paramLabel = "ID", description = "Of this account.")
    private @Nullable String account;

    @ArgGroup
    private Days days = new Days();

    @Option(
            names = "--json",
            description = "One line of JSON per charge: the columns of bill.csv, quantity and amount as strings.")
    private boolean json;

    @Mixin
    private FeeCenterInstallation installation = new FeeCenterInstallation();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** For picocli. */
    public Bill() {}

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        LedgerSource.ask(installation.feeCenter(), source -> {
            BillQuery ledger = new BillQuery(source);
            List<BillRow> rows = ledger.bill(account, days.first(), days.last());
            if (json) {
                rows.forEach(row -> out.println(BillJson.of(row)));
                return;
            }
            BillReport report = new BillReport(out, Map.of());
            report.print(rows);
            if (account != null && days.isOne() && !rows.isEmpty()) {
                report.printCharges(rows);
            }
            if (account == null && days.areAll()) {
                report.printCheckSums(ledger);
            }
        });
        out.flush();
        return 0;
    }
}
