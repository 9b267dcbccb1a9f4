package io.weir.feecenter.web;

import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.AdministratorRequests;
import io.weir.feecenter.account.Adoption;
import io.weir.feecenter.account.ApiTokens;
import io.weir.feecenter.account.Bindings;
import io.weir.feecenter.account.Codes;
import io.weir.feecenter.account.ConsoleAccounts;
import io.weir.feecenter.account.ContactChanges;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.feecenter.account.Mail;
import io.weir.feecenter.account.MailLanguages;
import io.weir.feecenter.account.OperatorAccess;
import io.weir.feecenter.account.SmtpServer;
import io.weir.feecenter.account.Workspaces;
import io.weir.feecenter.api.Api;
import io.weir.feecenter.ledger.LedgerDatabase;
import io.weir.feecenter.settlement.ArbitraryChoices;
import io.weir.feecenter.settlement.MarketplaceLinks;
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
    private final InstantSource billing;
    private final InstantSource peoplesTime;
    private final Codes codes;
    private final ConsoleAccounts people;
    private final FeeCenterAccounts payers;
    private final Workspaces workspaces;
    private final Visits visits;
    private final Sites sites;

    /**
     * Over the tables behind this source.
     *
     * @param billing the time by which is bound, paid and settled
     * @param peoplesTime the time by which people sign in and type codes
     */
    ConsolePages(
            ConsoleSettings settings,
            DataSource database,
            Optional<SmtpServer> smtp,
            InstantSource billing,
            InstantSource peoplesTime) {
        this.settings = settings;
        this.database = database;
        this.jdbi = LedgerDatabase.jdbi(database);
        this.billing = billing;
        this.peoplesTime = peoplesTime;
        this.codes = new Codes(database, peoplesTime, smtp.map(Mail::new));
        this.people = new ConsoleAccounts(database, peoplesTime);
        this.payers = new FeeCenterAccounts(database, peoplesTime);
        this.workspaces = new Workspaces(database, billing);
        this.visits = new Visits(new Sessions(database, peoplesTime), people, payers, settings.isSecure());
        this.sites = new Sites(new UsageQuery(jdbi, billing));
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.beforeMatched(visits::begin);
        OperatorAccess operator = new OperatorAccess(database, peoplesTime, settings.operatorPassword());
        new SignInPages(pages, visits, people, payers, sites::names, operator).addTo(routes);
        new WorkspaceSide(pages, visits, people, payers, workspaces, sites)
                .addTo(routes, database, codes, billing, peoplesTime);
        addFeeCenter(routes);
        addOperator(routes);
        ApiTokens tokens = new ApiTokens(database, peoplesTime);
        new TokenPages(pages, tokens).addTo(routes);
        new Api(database, billing, tokens).addTo(routes);
        new Troubles(pages, visits).addTo(routes);
    }

    private void addOperator(JavalinDefaultRoutingApi routes) {
        Adoption adoption = new Adoption(database);
        ArbitraryChoices choices = new ArbitraryChoices(jdbi, billing);
        new OperatorPages(pages, new OperatorQuery(database), payers, people, adoption, choices).addTo(routes);
        new OperatorClouds(pages, database, jdbi, billing).addTo(routes);
        MarketplaceLinks links = new MarketplaceLinks(jdbi, peoplesTime);
        new OperatorMarketplace(pages, links, sites::names, settings.url(), peoplesTime).addTo(routes);
        new OperatorVouchers(pages, new VoucherCodes(jdbi, billing)).addTo(routes);
        new OperatorTransfers(pages, payers, jdbi, billing).addTo(routes);
    }

    private void addFeeCenter(JavalinDefaultRoutingApi routes) {
        AdministratorRequests requests = new AdministratorRequests(database, billing);
        new FeeCenterPages(pages, jdbi, billing, requests).addTo(routes);
        new BillPages(pages, database, jdbi, billing).addTo(routes);
        new BillLinePages(pages, jdbi, new Bindings(database, billing), workspaces).addTo(routes);
        new StatementPages(pages, database).addTo(routes);
        new MovementPages(pages, database).addTo(routes);
        new WalletPages(pages, jdbi, billing, settings.payments()).addTo(routes);
        new WalletFile(jdbi, billing).addTo(routes);
        new RequestPages(pages, requests).addTo(routes);
        new AlertPages(pages, jdbi, billing, workspaces, sites).addTo(routes);
        new CloudPages(pages, database, billing).addTo(routes);
        new PayerPages(pages, new ContactChanges(database, peoplesTime, codes), new MailLanguages(database))
                .addTo(routes);
    }
}
