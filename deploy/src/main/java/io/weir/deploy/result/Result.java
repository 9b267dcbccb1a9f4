package io.weir.deploy.result;

import java.nio.file.Path;
import java.util.List;

/**
 * What a replay writes down, as rows of text.
 *
 * @param bill the net bill, from the ledger
 * @param outcomes what became of the records, from the metering stream's counters
 * @param lines every line, from the topic
 */
public record Result(List<List<String>> bill, List<List<String>> outcomes, List<List<String>> lines) {

    static final String BILL = "bill.csv";
    static final String OUTCOMES = "outcomes.csv";
    static final String LINES = "lines.csv";

    /** Writes the three files into a folder that is there. */
    public void write(Path folder) {
        Csv.write(
                folder.resolve(BILL),
                List.of(
                        "day",
                        "account_id",
                        "workspace_id",
                        "resource",
                        "item",
                        "retention_days",
                        "quantity",
                        "amount",
                        "currency"),
                bill);
        Csv.write(folder.resolve(OUTCOMES), List.of("outcome", "reason", "count"), outcomes);
        Csv.write(
                folder.resolve(LINES),
                List.of(
                        "line_id",
                        "day",
                        "account_id",
                        "workspace_id",
                        "resource",
                        "item",
                        "retention_days",
                        "revision",
                        "quantity",
                        "amount",
                        "currency"),
                lines);
    }
}
