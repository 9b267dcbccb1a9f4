package io.weir.feecenter.web;

import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.AdministratorRequests;
import io.weir.feecenter.account.Bindings;
import io.weir.feecenter.account.Codes;
import io.weir.feecenter.account.CommercialRegistration;
import io.weir.feecenter.account.ConsoleAccounts;
import io.weir.feecenter.account.Dissolutions;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.feecenter.account.ForgottenPasswords;
import io.weir.feecenter.account.Handover;
import io.weir.feecenter.account.MemberRoles;
import io.weir.feecenter.account.Retentions;
import io.weir.feecenter.account.Upgrades;
import io.weir.feecenter.account.Workspaces;
import io.weir.feecenter.account.WriteTokens;
import io.weir.feecenter.ledger.LedgerDatabase;
import io.weir.feecenter.ledger.WorkspaceBills;
import io.weir.feecenter.settlement.MarketplaceLinks;
import io.weir.feecenter.settlement.MarketplaceRegistration;
import io.weir.feecenter.settlement.Rebindings;
import io.weir.feecenter.settlement.SettlementChoices;
import io.weir.feecenter.settlement.SettlementMethods;
import io.weir.feecenter.settlement.WorkspaceLocks;
import io.weir.feecenter.usage.UsageQuery;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** The pages of people and of their workspaces, put together. */
final class WorkspaceSide {

    private final Pages pages;
    private final Visits visits;
    private final ConsoleAccounts people;
    private final FeeCenterAccounts payers;
    private final Workspaces workspaces;
    private final Sites sites;

    WorkspaceSide(
            Pages pages,
            Visits visits,
            ConsoleAccounts people,
            FeeCenterAccounts payers,
            Workspaces workspaces,
            Sites sites) {
        this.pages = pages;
        this.visits = visits;
        this.people = people;
        this.payers = payers;
        this.workspaces = workspaces;
        this.sites = sites;
    }

    /**
     * Adds them.
     *
     * @param billing the time by which is bound, paid and settled
     * @param peoplesTime the time by which codes and tokens end
     */
    void addTo(
            JavalinDefaultRoutingApi routes,
            DataSource database,
            Codes codes,
            InstantSource billing,
            InstantSource peoplesTime) {
        Bindings bindings = new Bindings(database, billing);
        CommercialRegistration commercial = new CommercialRegistration(database, billing, codes);
        addAccounts(routes, bindings, codes, commercial);
        MarketplaceLinks links = new MarketplaceLinks(LedgerDatabase.jdbi(database), peoplesTime);
        new MarketplacePages(pages, visits, codes, links, new MarketplaceRegistration(commercial, links, billing))
                .addTo(routes);
        ForgottenPasswords passwords = new ForgottenPasswords(database, peoplesTime, codes);
        new ForgottenPages(pages, visits, passwords, sites::names).addTo(routes);
        new WorkspacePages(pages, workspaces).addTo(routes);
        new DissolvePages(pages, workspaces, bindings, new Dissolutions(database, billing, peoplesTime)).addTo(routes);
        new UpgradePages(pages, workspaces, bindings, new Upgrades(database, billing, codes)).addTo(routes);
        new SettingsPages(
                        pages,
                        workspaces,
                        new MemberRoles(database, billing),
                        new Handover(database, billing),
                        new AdministratorRequests(database, billing),
                        new WriteTokens(database, peoplesTime),
                        new Retentions(database, billing, sites::zone, sites::retentions),
                        sites)
                .addTo(routes);
        addMoney(routes, database, bindings, billing);
    }

    private void addAccounts(
            JavalinDefaultRoutingApi routes, Bindings bindings, Codes codes, CommercialRegistration commercial) {
        new RegisterPages(pages, visits, people, codes, sites::names).addTo(routes);
        new CommercialRegisterPages(pages, visits, commercial, sites::names).addTo(routes);
        new AccountPages(pages, visits, workspaces, bindings, payers).addTo(routes);
    }

    private void addMoney(
            JavalinDefaultRoutingApi routes, DataSource database, Bindings bindings, InstantSource billing) {
        Jdbi jdbi = LedgerDatabase.jdbi(database);
        NamedBindings named = new NamedBindings(bindings, payers, people);
        MonthsOfBills bills = new MonthsOfBills(bindings, new WorkspaceBills(database));
        SettlementMethods methods = new SettlementMethods(jdbi, billing);
        SettlementChoices choices = new SettlementChoices(jdbi, billing, sites::clouds);
        WorkspaceLocks locks = new WorkspaceLocks(jdbi, billing);
        new PlanPages(pages, workspaces, named, bills, methods, locks, sites, billing).addTo(routes);
        new UsagePages(pages, workspaces, new UsageQuery(jdbi, billing), sites).addTo(routes);
        new BindingPages(pages, workspaces, new Rebindings(bindings, billing), named).addTo(routes);
        new SettlementPages(pages, workspaces, bindings, methods, choices, sites).addTo(routes);
    }
}
