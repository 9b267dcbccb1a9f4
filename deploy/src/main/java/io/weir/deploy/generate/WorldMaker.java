package io.weir.deploy.generate;

import io.weir.deploy.generate.World.Account;
import io.weir.deploy.generate.World.Binding;
import io.weir.deploy.generate.World.Retention;
import io.weir.deploy.generate.World.Site;
import io.weir.deploy.generate.World.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes a world in which everything happens that changes a bill: two currencies, re-bindings, the Free plan, retention. */
public final class WorldMaker {

    /** Time zones on both sides of UTC, one of them half an hour off, two that change their clocks. */
    private static final List<Site> SITES = List.of(
            new Site("cn1", "Asia/Shanghai", "CN", "ALIYUN"),
            new Site("hk1", "Asia/Hong_Kong", "INTL", "ALIYUN"),
            new Site("us1", "America/Los_Angeles", "INTL", "AWS"),
            new Site("eu1", "Europe/Berlin", "INTL", "AWS"),
            new Site("in1", "Asia/Kolkata", "INTL", "AWS"));

    private static final List<String> PAYERS =
            List.of("north", "harbor", "meadow", "summit", "river", "island", "forest", "coast", "valley", "delta");
    private static final List<String> CATEGORIES = List.of("metrics", "logs", "tracing", "profiling", "rum");
    private static final int[] RETENTION_DAYS = {3, 7, 14};
    private static final int AUDIT_RETENTION_DAYS = 60;
    private static final Duration HISTORY = Duration.ofDays(60);

    private final Random random;
    private final Instant start;
    private final Duration length;

    /** Makes a world whose traffic runs from a start for some time, within which bindings and retentions change. */
    public WorldMaker(Random random, Instant start, Duration length) {
        this.random = random;
        this.start = start;
        this.length = length;
    }

    /** A world with so many workspaces, 1 or more. */
    public World make(int workspaces) {
        List<Workspace> all =
                IntStream.range(0, workspaces).mapToObj(this::workspace).toList();
        List<Account> accounts = IntStream.range(0, Math.min(PAYERS.size(), 2 + workspaces / 5))
                .mapToObj(WorldMaker::account)
                .toList();
        List<Binding> bindings = new ArrayList<>();
        all.forEach(workspace -> bind(workspace.workspaceId(), accounts, bindings));
        return new World(SITES, all, accounts, bindings);
    }

    private Workspace workspace(int number) {
        Site site = SITES.get(number % SITES.size());
        String token = "tkn_%016x".formatted(random.nextLong());
        return new Workspace("wksp_%s_%03d".formatted(site.site(), number), site.site(), List.of(token), retentions());
    }

    /** A setting from long ago for about half of the categories, a change for some, and one for the audit log. */
    private List<Retention> retentions() {
        List<Retention> retentions = new ArrayList<>();
        for (String category : CATEGORIES) {
            if (random.nextBoolean()) {
                retentions.add(new Retention(category, "", days(), start.minus(HISTORY)));
            }
            if (random.nextInt(10) == 0) {
                retentions.add(new Retention(category, "", days(), within()));
            }
        }
        retentions.add(new Retention("logs", Kind.AUDIT_LOG, AUDIT_RETENTION_DAYS, start.minus(HISTORY)));
        return retentions;
    }

    private int days() {
        return RETENTION_DAYS[random.nextInt(RETENTION_DAYS.length)];
    }

    private static Account account(int number) {
        String name = PAYERS.get(number);
        return new Account("acct_" + name, name + ".pay", number % 2 == 0 ? "CNY" : "USD");
    }

    /** One workspace in ten is on the Free plan, one in five changes hands, one in twenty is let go. */
    private void bind(String workspace, List<Account> accounts, List<Binding> bindings) {
        int fate = random.nextInt(20);
        if (fate < 2) {
            return;
        }
        int payer = random.nextInt(accounts.size());
        bindings.add(new Binding(workspace, accounts.get(payer).accountId(), start.minus(HISTORY), 1));
        if (fate < 6) {
            Account next = accounts.get((payer + 1) % accounts.size());
            bindings.add(new Binding(workspace, next.accountId(), within(), 2));
        } else if (fate == 6) {
            bindings.add(new Binding(workspace, null, within(), 2));
        }
    }

    private Instant within() {
        return start.plusMillis((long) (random.nextDouble() * length.toMillis()));
    }
}
