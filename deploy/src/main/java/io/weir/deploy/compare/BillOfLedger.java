package io.weir.deploy.compare;

import io.weir.deploy.console.Failure;
import io.weir.deploy.installation.LedgerSource;
import io.weir.deploy.installation.SettingsFile;
import io.weir.feecenter.FeeCenterConfig;
import io.weir.feecenter.FeeCenterConfig.Login;
import io.weir.feecenter.ledger.BillQuery;
import io.weir.feecenter.ledger.BillQuery.BillRow;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.JdbiException;

/** Reads the net bill from the ledger of a fee center. */
final class BillOfLedger {

    private BillOfLedger() {}

    /** Asks the ledger behind these settings. Variables do not count: they would win over the files of both sides. */
    static Bill read(Path settings) {
        Login login = SettingsFile.read(settings, FeeCenterConfig::from).database();
        try {
            SortedMap<RowKey, Charged> rows = new TreeMap<>();
            for (BillRow row : new BillQuery(LedgerSource.of(login)).bill()) {
                rows.put(
                        RowKey.of(row), new Charged(row.quantity(), row.amount().setScale(2), row.currency()));
            }
            return new Bill(rows);
        } catch (JdbiException trouble) {
            throw new Failure("%s: the ledger cannot be read: %s".formatted(settings, trouble.getMessage()), trouble);
        }
    }
}
