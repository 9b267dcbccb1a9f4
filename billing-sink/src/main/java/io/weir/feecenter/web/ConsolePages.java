package io.weir.feecenter.web;

import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.Adoption;
import io.weir.feecenter.account.Bindings;
import io.weir.feecenter.account.Codes;
import io.weir.feecenter.account.ConsoleAccounts;
import io.weir.feecenter.account.FeeCenterAccounts;
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
import io.weir.feecenter.settlement.SettlementMethod;
import io.weir.feecenter.settlement.SettlementMethods;
import io.weir.feecenter.settlement.VoucherCodes;
import io.weir.feecenter.usage.Site;
import io.weir.feecenter.usage.UsageQuery;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.beforeMatched(visits::begin);
        new SignInPages(pages, visits, people, payers, this::sites, settings.operatorPassword()).addTo(routes);
        new RegisterPages(pages, visits, people, codes, this::sites).addTo(routes);
        addWorkspaces(routes);
        addOperator(routes);
        new Troubles(pages, visits).addTo(routes);
    }

    private void addOperator(JavalinDefaultRoutingApi routes) {
        Adoption adoption = new Adoption(database);
        ArbitraryChoices choices = new ArbitraryChoices(jdbi, clock);
        new OperatorPages(pages, new OperatorQuery(database), payers, people, adoption, choices).addTo(routes);
        new OperatorVouchers(pages, new VoucherCodes(jdbi, clock)).addTo(routes);
    }

    private void addWorkspaces(JavalinDefaultRoutingApi routes) {
        NamedBindings named = new NamedBindings(bindings, payers, people);
        MonthsOfBills bills = new MonthsOfBills(bindings, new WorkspaceBills(database));
        SettlementChoices choices = new SettlementChoices(jdbi, clock, this::cloudBySite);
        Retentions retentions = new Retentions(database, clock, this::zone, usage::retentions);
        new AccountPages(pages, visits, workspaces, bindings, payers).addTo(routes);
        new WorkspacePages(pages, workspaces).addTo(routes);
        new UpgradePages(pages, workspaces, bindings, new Upgrades(database, clock, codes)).addTo(routes);
        new BindingPages(pages, workspaces, bindings, named).addTo(routes);
        new PlanPages(pages, workspaces, named, bills, methods, clouds, this::zone, clock).addTo(routes);
        new SettingsPages(pages, workspaces, new WriteTokens(database, peoplesTime), retentions).addTo(routes);
        new SettlementPages(pages, workspaces, bindings, methods, choices, this::zone).addTo(routes);
    }

    private List<String> sites() {
        return usage.sites().stream().map(Site::site).toList();
    }

    private Optional<ZoneId> zone(String site) {
        return usage.findSite(site).map(Site::zone);
    }

    /** Without the sites that no cloud runs with which can be settled. */
    private Map<String, SettlementMethod> cloudBySite() {
        Map<String, SettlementMethod> clouds = new TreeMap<>();
        for (Site site : usage.sites()) {
            Arrays.stream(SettlementMethod.values())
                    .filter(method -> method.isCloud() && method.name().equals(site.cloud()))
                    .forEach(method -> clouds.put(site.site(), method));
        }
        return clouds;
    }
}
