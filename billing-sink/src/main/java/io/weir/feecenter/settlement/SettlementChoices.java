package io.weir.feecenter.settlement;

import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.account.Workspace;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the owner of a workspace may settle with, and settling with a cloud account that is new here (fee-center-rules.md §4). */
public final class SettlementChoices {

    private final Jdbi jdbi;
    private final SettlementMethods methods;
    private final CloudAccounts clouds;
    private final ArbitraryChoices arbitrary;
    private final Supplier<Map<String, SettlementMethod>> cloudBySite;

    /**
     * Over the ledger's database.
     *
     * @param cloudBySite which cloud runs each site; a site that is missing is run by none
     */
    public SettlementChoices(Jdbi jdbi, InstantSource clock, Supplier<Map<String, SettlementMethod>> cloudBySite) {
        this.jdbi = jdbi;
        this.methods = new SettlementMethods(jdbi, clock);
        this.clouds = new CloudAccounts(jdbi, clock);
        this.arbitrary = new ArbitraryChoices(jdbi, clock);
        this.cloudBySite = cloudBySite;
    }

    /**
     * What is offered for a workspace.
     *
     * @param accountId the fee-center account that pays for it
     * @param by the owner
     */
    public SettlementOffer offer(Workspace workspace, String accountId, String by) {
        List<CloudAccount> registered = clouds.registered(accountId);
        return methods.marketplace(workspace.workspaceId())
                .map(only -> SettlementOffer.ofMarketplace(registered, only))
                .orElseGet(() -> offer(registered, workspace.site(), by));
    }

    private SettlementOffer offer(List<CloudAccount> registered, String site, String by) {
        Map<String, SettlementMethod> bySite = cloudBySite.get();
        return SettlementOffer.of(
                registered,
                arbitrary.has(by),
                clouds(Stream.ofNullable(bySite.get(site))),
                clouds(bySite.values().stream()));
    }

    private static Set<SettlementMethod> clouds(Stream<SettlementMethod> methods) {
        return methods.filter(SettlementMethod::isCloud).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Registers a cloud account for the account that pays, and switches a workspace to it; both or neither.
     *
     * @param zone of the workspace's site, in which months are counted
     * @param by the owner
     * @param customer its id in the cloud
     * @return why not, or nothing if it is done
     */
    public Optional<SwitchRefused> chooseNew(
            Workspace workspace,
            ZoneId zone,
            FeeCenterAccount payer,
            String by,
            SettlementMethod cloud,
            String customer) {
        if (!offer(workspace, payer.accountId(), by).clouds().contains(cloud)) {
            return Optional.of(SwitchRefused.NOT_OFFERED);
        }
        if (!CloudAccounts.isCustomer(customer)) {
            return Optional.of(SwitchRefused.CUSTOMER_INVALID);
        }
        try {
            jdbi.useTransaction(all -> registerAndSwitch(workspace, zone, payer, cloud, customer));
            return Optional.empty();
        } catch (Undone undone) {
            return Optional.of(undone.why);
        } catch (JdbiException e) {
            return Optional.of(taken(e));
        }
    }

    /** Both join the transaction that this thread is in. */
    private void registerAndSwitch(
            Workspace workspace, ZoneId zone, FeeCenterAccount payer, SettlementMethod cloud, String customer) {
        CloudAccount account =
                clouds.register(payer.accountId(), payer.currency().name(), cloud, customer);
        methods.choose(workspace.workspaceId(), payer.accountId(), zone, account.id())
                .ifPresent(why -> {
                    throw new Undone(why);
                });
    }

    private static SwitchRefused taken(JdbiException trouble) {
        return Stream.iterate((Throwable) trouble, Objects::nonNull, Throwable::getCause)
                .filter(PSQLException.class::isInstance)
                .map(e -> ((PSQLException) e).getServerErrorMessage())
                .filter(Objects::nonNull)
                .map(ServerErrorMessage::getConstraint)
                .filter("cloud_account_once"::equals)
                .findFirst()
                .map(taken -> SwitchRefused.CLOUD_ACCOUNT_TAKEN)
                .orElseThrow(() -> trouble);
    }

    /** Rolls back what was registered for a switch that is refused. */
    private static final class Undone extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final SwitchRefused why;

        private Undone(SwitchRefused why) {
            super(why.name(), null, false, false);
            this.why = why;
        }
    }
}
