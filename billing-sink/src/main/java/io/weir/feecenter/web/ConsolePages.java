package io.weir.feecenter.web;

import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.Adoption;
import io.weir.feecenter.account.Bindings;
import io.weir.feecenter.account.Codes;
import io.weir.feecenter.account.ConsoleAccounts;
import io.weir.feecenter.account.ContactChanges;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.feecenter.account.Mail;
import io.weir.feecenter.account.Retentions;
import io.weir.feecenter.account.SmtpServer;
import io.weir.feecenter.account.Upgrades;
import io.weir.feecenter.account.Workspaces;
import io.weir.feecenter.account.WriteTokens;
import io.weir.feecenter.ledger.LedgerDatabase;
import io.weir.feecenter.ledger.WorkspaceBills;
import io.weir.feecenter.settlement.CloudAccounts;
import io.weir.feecenter.settlement.SettlementChoices;
import io.weir.feecenter.settlement.SettlementMethods;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** All pages, put together from what the other packages offer. */
final class ConsolePages {

    private final Pages pages = new Pages();
    private final ConsoleSettings settings;
    private final DataSource database;
    private final Jdbi jdbi;
    private final InstantSource clock;
    private final InstantSource peoplesTime;
    private final Codes codes;
    private final ConsoleAccounts people;
    private final FeeCenterAccounts payers;
    private final Workspaces workspaces;
    private final Bindings bindings;
    private final SettlementMethods methods;
    private final CloudAccounts clouds;
    private final Visits visits;
    private final Supplier<List<String>> sites;
    private final Function<String, Optional<ZoneId>> zoneOfSite;

    /**
     * Over the tables behind this source.
     *
     * @param clock the time by which is bound, paid and settled
     * @param peoplesTime the time by which people sign in and type codes
     */
    ConsolePages(
            ConsoleSettings settings,
            DataSource database,
            Optional<SmtpServer> smtp,
            InstantSource clock,
            InstantSource peoplesTime) {
        this.settings = settings;
        this.database = database;
        this.jdbi = LedgerDatabase.jdbi(database);
        this.clock = clock;
        this.peoplesTime = peoplesTime;
        this.codes = new Codes(database, peoplesTime, smtp.map(Mail::new));
        this.people = new ConsoleAccounts(database, peoplesTime);
        this.payers = new FeeCenterAccounts(database, peoplesTime);
        this.workspaces = new Workspaces(database, clock);
        this.bindings = new Bindings(database, clock);
        this.methods = new SettlementMethods(jdbi, clock);
        this.clouds = new CloudAccounts(jdbi, clock);
        this.visits = new Visits(new Sessions(database, peoplesTime), people, payers, settings.isSecure());
        this.sites = () -> settings.siteClouds().keySet().stream().sorted().toList();
        this.zoneOfSite = site -> Optional.of(ZoneOffset.UTC);
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.beforeMatched(visits::begin);
        new SignInPages(pages, visits, people, payers, sites, settings.operatorPassword()).addTo(routes);
        new RegisterPages(pages, visits, people, codes, sites).addTo(routes);
        addWorkspaces(routes);
        addFeeCenter(routes);
        new OperatorPages(pages, new OperatorQuery(database), payers, people, new Adoption(database)).addTo(routes);
        new Troubles(pages, visits).addTo(routes);
    }

    private void addWorkspaces(JavalinDefaultRoutingApi routes) {
        NamedBindings named = new NamedBindings(bindings, payers, people);
        MonthsOfBills bills = new MonthsOfBills(bindings, new WorkspaceBills(database));
        SettlementChoices choices = new SettlementChoices(jdbi, clock, settings.siteClouds());
        Retentions retentions = new Retentions(database, clock, zoneOfSite);
        new AccountPages(pages, visits, workspaces, bindings, payers).addTo(routes);
        new WorkspacePages(pages, workspaces).addTo(routes);
        new UpgradePages(pages, workspaces, bindings, new Upgrades(database, clock, codes)).addTo(routes);
        new BindingPages(pages, workspaces, bindings, named).addTo(routes);
        new PlanPages(pages, workspaces, named, bills, methods, clouds, zoneOfSite, clock).addTo(routes);
        new SettingsPages(pages, workspaces, new WriteTokens(database, peoplesTime), retentions).addTo(routes);
        new SettlementPages(pages, workspaces, bindings, methods, choices, zoneOfSite).addTo(routes);
    }

    private void addFeeCenter(JavalinDefaultRoutingApi routes) {
        new FeeCenterPages(pages, jdbi, clock).addTo(routes);
        new BillPages(pages, database, jdbi, clock).addTo(routes);
        new BillLinePages(pages, jdbi, bindings, workspaces).addTo(routes);
        new StatementPages(pages, jdbi, clock).addTo(routes);
        new MovementPages(pages, database).addTo(routes);
        new WalletPages(pages, jdbi, clock, settings.payments()).addTo(routes);
        new AlertPages(pages, jdbi, clock).addTo(routes);
        new PayerPages(pages, new ContactChanges(database, peoplesTime, codes)).addTo(routes);
    }
}
