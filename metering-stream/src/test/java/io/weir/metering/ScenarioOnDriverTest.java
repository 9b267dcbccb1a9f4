package io.weir.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.*;
import io.weir.metering.recomputation.Scenario;
import io.weir.metering.recomputation.ScenarioFolder;
import java.math.BigDecimal;
import java.nio.file.*;
import java.time.*;
import java.util.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioOnDriverTest {
    @Test
    void x(@TempDir Path dir) throws Exception {
        String folder = System.getProperty("scenario", "src/test/resources/scenarios/tiny");
        Scenario s = new ScenarioFolder(Path.of(folder)).read();
        long t0 = System.nanoTime();
        try (MeteringDriver d = new MeteringDriver(dir)) {
            ScenarioFeed.feed(s, d);
            System.out.println("fed in ms " + (System.nanoTime() - t0) / 1000000);
            TreeMap<String, BigDecimal[]> bill = new TreeMap<>();
            for (BillLine l : d.lines()) {
                String k = String.join(
                        ",",
                        l.getDay().toString(),
                        l.getAccountId(),
                        l.getWorkspaceId(),
                        l.getResource(),
                        l.getItem(),
                        l.getRetentionDays() == null ? "" : "" + l.getRetentionDays());
                BigDecimal[] v = bill.computeIfAbsent(
                        k + "|" + l.getCurrency(), z -> new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO});
                v[0] = v[0].add(new BigDecimal(l.getQuantity()));
                v[1] = v[1].add(new BigDecimal(l.getAmount()));
            }
            StringBuilder b = new StringBuilder(
                    "day,account_id,workspace_id,resource,item,retention_days,quantity,amount,currency\n");
            TreeSet<String> rows = new TreeSet<>();
            bill.forEach((k, v) -> {
                String[] p = k.split("\\|");
                rows.add(p[0] + ","
                        + (v[0].signum() == 0 ? "0" : v[0].stripTrailingZeros().toPlainString()) + ","
                        + v[1].toPlainString() + "," + p[1]);
            });
            rows.forEach(r -> b.append(r).append("\n"));
            var c = d.counts();
            for (var o : io.weir.metering.intake.Outcome.values()) System.out.println(o + " " + c.of(o));
            for (var o : io.weir.usage.Reason.values()) System.out.println(o + " " + c.of(o));
            Files.writeString(Path.of("/tmp/bill.csv"), b.toString());
            assertThat(b.toString()).isEqualTo(new ScenarioFolder(Path.of(folder)).expected("bill.csv"));
        }
    }
}
