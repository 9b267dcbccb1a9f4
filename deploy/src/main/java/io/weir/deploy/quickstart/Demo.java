package io.weir.deploy.quickstart;

import io.weir.deploy.console.Failure;
import io.weir.deploy.generate.World;
import io.weir.deploy.stack.Pause;
import io.weir.deploy.stack.Stack;
import io.weir.feecenter.account.Adoption;
import io.weir.feecenter.account.ConsoleAccount;
import io.weir.feecenter.account.ConsoleAccounts;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.feecenter.account.Workspaces;
import io.weir.feecenter.ledger.LedgerDatabase;
import io.weir.feecenter.settlement.Wallets;
import io.weir.wire.Secret;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** Somebody to sign in as: the owner of the simulated workspaces of one site, and the holder of the accounts that pay. */
final class Demo {

    static final String SITE = "cn1";
    static final String EMAIL = "demo@weir.example";

    /** The console listens on this machine only, and all it shows is made up. */
    static final String PASSWORD = "weir-demo";

    private static final Secret SECRET = new Secret(PASSWORD);
    private static final List<String> NAMES =
            List.of("Shop", "Search", "Payments", "Delivery", "Mobile app", "Data platform");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final World world;
    private final DataSource tables;
    private final ConsoleAccounts people;

    /** Nobody is there yet. */
    Demo(Stack stack, World world) {
        this.world = world;
        this.tables = stack.accounts();
        this.people = new ConsoleAccounts(tables, Clock.systemUTC());
    }

    /** User name of an account that pays for one of the workspaces; its password is the same. */
    String payer() {
        return world.accounts().get(0).userName();
    }

    /** Lets them in, once the fee center has taken up what was applied; an earlier run may have done it. */
    void letIn(Instant now) {
        if (people.byEmail(SITE, EMAIL).isPresent()) {
            return;
        }
        await("the workspaces", this::allAreTakenUp);
        ConsoleAccount owner = people.register(SITE, EMAIL, null, "Demo", SECRET);
        Adoption adoption = new Adoption(tables);
        int number = 0;
        for (World.Workspace workspace : world.workspaces()) {
            if (workspace.site().equals(SITE)) {
                adoption.giveOwner(
                        workspace.workspaceId(), owner.consoleAccountId(), NAMES.get(number++ % NAMES.size()));
            }
        }
        for (World.Account account : world.accounts()) {
            adoption.giveAccess(account.accountId(), account.userName() + "@weir.example", SECRET);
            fill(account, now);
        }
    }

    private void fill(World.Account account, Instant now) {
        Wallets wallets = new Wallets(LedgerDatabase.jdbi(tables), () -> now);
        Instant nextYear = now.plus(Duration.ofDays(365));
        String id = account.accountId();
        String currency = account.currency();
        wallets.grantVoucher(id, currency, new BigDecimal("50.00"), nextYear, null, "welcome");
        wallets.buyCard(id, currency, new BigDecimal("200.00"), nextYear, "first card");
        wallets.topUp(id, currency, new BigDecimal("500.00"), "first top-up");
    }

    private boolean allAreTakenUp() {
        Workspaces workspaces = new Workspaces(tables, Clock.systemUTC());
        FeeCenterAccounts accounts = new FeeCenterAccounts(tables, Clock.systemUTC());
        return world.workspaces().stream()
                        .allMatch(workspace ->
                                workspaces.find(workspace.workspaceId()).isPresent())
                && world.accounts().stream()
                        .allMatch(account -> accounts.find(account.accountId()).isPresent());
    }

    private static void await(String what, BooleanSupplier there) {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new Failure("The fee center has not taken up %s of the control log for %d minutes; see its log."
                        .formatted(what, PATIENCE.toMinutes()));
            }
            Pause.brief();
        }
    }
}
