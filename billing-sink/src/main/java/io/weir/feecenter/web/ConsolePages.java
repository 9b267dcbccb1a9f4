package io.weir.feecenter.web;

import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.Adoption;
import io.weir.feecenter.account.Bindings;
import io.weir.feecenter.account.Codes;
import io.weir.feecenter.account.CommercialRegistration;
import io.weir.feecenter.account.ConsoleAccounts;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.feecenter.account.ForgottenPasswords;
import io.weir.feecenter.account.Handover;
import io.weir.feecenter.account.Mail;
import io.weir.feecenter.account.Retentions;
import io.weir.feecenter.account.SmtpServer;
import io.weir.feecenter.account.Upgrades;
import io.weir.feecenter.account.Workspaces;
import io.weir.feecenter.account.WriteTokens;
import io.weir.feecenter.ledger.LedgerDatabase;
import io.weir.feecenter.ledger.WorkspaceBills;
import io.weir.feecenter.settlement.ArbitraryChoices;
import io.weir.feecenter.settlement.CloudAccounts;
import io.weir.feecenter.settlement.SettlementChoices;
import io.weir.feecenter.settlement.SettlementMethods;
import io.weir.feecenter.settlement.VoucherCodes;
import io.weir.feecenter.usage.UsageQuery;
import java.time.InstantSource;
import java.util.Optional;
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
    private final UsageQuery usage;
    private final Sites sites;

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
        this.usage = new UsageQuery(jdbi, clock);
        this.sites = new Sites(usage);
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.beforeMatched(visits::begin);
        addDoors(routes);
        addWorkspaces(routes);
        addOperator(routes);
        new Troubles(pages, visits).addTo(routes);
    }

    private void addDoors(JavalinDefaultRoutingApi routes) {
        CommercialRegistration commercial = new CommercialRegistration(database, clock, codes);
        ForgottenPasswords passwords = new ForgottenPasswords(database, peoplesTime, codes);
        new SignInPages(pages, visits, people, payers, sites::names, settings.operatorPassword()).addTo(routes);
        new RegisterPages(pages, visits, people, codes, sites::names).addTo(routes);
        new CommercialRegisterPages(pages, visits, commercial, sites::names).addTo(routes);
        new ForgottenPages(pages, visits, passwords, sites::names).addTo(routes);
        new AccountPages(pages, visits, workspaces, bindings, payers).addTo(routes);
    }

    private void addOperator(JavalinDefaultRoutingApi routes) {
        Adoption adoption = new Adoption(database);
        ArbitraryChoices choices = new ArbitraryChoices(jdbi, clock);
        new OperatorPages(pages, new OperatorQuery(database), payers, people, adoption, choices).addTo(routes);
        new OperatorVouchers(pages, new VoucherCodes(jdbi, clock)).addTo(routes);
    }

    private void addWorkspaces(JavalinDefaultRoutingApi routes) {
        NamedBindings named = new NamedBindings(bindings, payers, people);
        Retentions retentions = new Retentions(database, clock, sites::zone, usage::retentions);
        WriteTokens tokens = new WriteTokens(database, peoplesTime);
        new WorkspacePages(pages, workspaces).addTo(routes);
        new UpgradePages(pages, workspaces, bindings, new Upgrades(database, clock, codes)).addTo(routes);
        new BindingPages(pages, workspaces, bindings, named).addTo(routes);
        new UsagePages(pages, workspaces, usage, sites).addTo(routes);
        new SettingsPages(pages, workspaces, new Handover(database), tokens, retentions, sites).addTo(routes);
        addMoney(routes, named);
    }

    private void addMoney(JavalinDefaultRoutingApi routes, NamedBindings named) {
        MonthsOfBills bills = new MonthsOfBills(bindings, new WorkspaceBills(database));
        SettlementChoices choices = new SettlementChoices(jdbi, clock, sites::clouds);
        new PlanPages(pages, workspaces, named, bills, methods, clouds, sites, clock).addTo(routes);
        new SettlementPages(pages, workspaces, bindings, methods, choices, sites).addTo(routes);
    }
}
