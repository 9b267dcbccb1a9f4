package io.weir.deploy.compare;

import io.weir.deploy.console.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A net bill, wherever it comes from.
 *
 * @param rows what each key is charged
 */
record Bill(SortedMap<RowKey, Charged> rows) {

    private static final String SETTINGS = ".properties";
    private static final String IN_A_FOLDER = "bill.csv";

    /** Not to be changed from outside. */
    Bill {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    }

    /**
     * The bill that a name on the command line stands for: the ledger behind a fee center's properties file, {@code bill.csv} in a
     * folder, or else a file in its columns.
     *
     * @throws Failure if there is none, or it is no bill
     */
    static Bill of(Path named) {
        if (named.toString().endsWith(SETTINGS)) {
            return BillOfLedger.read(named);
        }
        return BillFile.read(Files.isDirectory(named) ? named.resolve(IN_A_FOLDER) : named);
    }

    /** The rows of these days only. */
    Bill of(Days days) {
        SortedMap<RowKey, Charged> some = new TreeMap<>(rows);
        some.keySet().removeIf(key -> !days.include(key.day()));
        return new Bill(some);
    }
}
