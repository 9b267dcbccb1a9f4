package io.weir.metering.control;

import io.weir.billing.AccountChange;
import io.weir.billing.BindingChange;
import io.weir.billing.CatalogueChange;
import io.weir.billing.ControlRecord;
import io.weir.billing.PriceBookChange;
import io.weir.billing.RetentionChange;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import io.weir.metering.attribution.Attribution;
import io.weir.metering.attribution.Binding;
import io.weir.metering.attribution.RetentionSetting;
import io.weir.metering.intake.Checks;
import io.weir.metering.rating.PriceBook;
import io.weir.metering.rating.Rating;
import io.weir.metering.window.HourWindows;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * All that the control log says up to an offset: immutable, so that a day is rated against one version of everything
 * (rules.md §1, §6). The whole history is kept, since questions are asked as of a window or a day.
 */
public final class ControlTable {

    /** The table before the first record. */
    public static final ControlTable EMPTY = new ControlTable(-1);

    private static final Set<String> CURRENCIES = Set.of("CNY", "USD");

    private final long offset;
    private PMap<String, Site> sites = HashTreePMap.empty();
    private PMap<String, String> siteOf = HashTreePMap.empty();
    private PMap<String, PVector<Binding>> bindings = HashTreePMap.empty();
    private PMap<String, PVector<RetentionSetting>> retentions = HashTreePMap.empty();
    private PMap<String, Account> accounts = HashTreePMap.empty();
    private PMap<String, String> accountOfUserName = HashTreePMap.empty();
    private Catalogue catalogue = Catalogue.EMPTY;
    private PriceBook book = PriceBook.EMPTY;
    private PVector<Touch> touches = TreePVector.empty();

    private ControlTable(long offset) {
        this.offset = offset;
    }

    /** Offset of the last record; −1 before the first. */
    public long offset() {
        return offset;
    }

    /** Meters and items. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /** The site of a workspace; empty if the workspace, or its site, is not known. */
    public Optional<Site> siteOfWorkspace(String workspaceId) {
        return Optional.ofNullable(siteOf.get(workspaceId)).map(sites::get);
    }

    /** Who pays for a known workspace, at which retention. */
    public Attribution attribution(String workspaceId) {
        return new Attribution(
                siteOfWorkspace(workspaceId).orElseThrow().hours(),
                bindings.getOrDefault(workspaceId, TreePVector.empty()),
                retentions.getOrDefault(workspaceId, TreePVector.empty()));
    }

    /** What the charges of a known workspace cost. */
    public Rating rating(String workspaceId) {
        return new Rating(book, siteOfWorkspace(workspaceId).orElseThrow().group(), this::currencyOf);
    }

    /** The currency of an account; null if the account is not known. */
    public @Nullable String currencyOf(String accountId) {
        Account account = accounts.get(accountId);
        return account == null ? null : account.currency();
    }

    /** What the changes behind one offset and up to another may alter. */
    public Touches touchesBetween(long after, long upTo) {
        List<Touch> between = new ArrayList<>();
        for (int index = touches.size() - 1; index >= 0 && touches.get(index).offset() > after; index--) {
            if (touches.get(index).offset() <= upTo) {
                between.add(touches.get(index));
            }
        }
        return Touches.of(between);
    }

    /**
     * This table with one more record.
     *
     * @param recordOffset the record's offset, which becomes the table's
     * @throws Refused if the record contradicts what never changes, or has a mistake
     */
    public ControlTable with(long recordOffset, ControlRecord record) {
        ControlTable next = at(recordOffset);
        next.take(record.getChange());
        return next;
    }

    /** This table, having passed over a record that was refused. */
    public ControlTable at(long recordOffset) {
        ControlTable next = new ControlTable(recordOffset);
        next.sites = sites;
        next.siteOf = siteOf;
        next.bindings = bindings;
        next.retentions = retentions;
        next.accounts = accounts;
        next.accountOfUserName = accountOfUserName;
        next.catalogue = catalogue;
        next.book = book;
        next.touches = touches;
        return next;
    }

    /** Changes a table that nobody else has seen yet. */
    private void take(Object change) {
        if (change instanceof SiteChange site) {
            takeSite(site);
        } else if (change instanceof WorkspaceChange workspace) {
            takeWorkspace(workspace);
        } else if (change instanceof RetentionChange retention) {
            takeRetention(retention);
        } else if (change instanceof AccountChange account) {
            takeAccount(account);
        } else if (change instanceof BindingChange binding) {
            takeBinding(binding);
        } else if (change instanceof CatalogueChange version) {
            takeCatalogue(version);
        } else {
            takeBook((PriceBookChange) change);
        }
    }

    private void takeSite(SiteChange change) {
        Site site = new Site(
                change.getSite(),
                new HourWindows(zone(change.getZone())),
                change.getGroup().name());
        Site before = sites.getOrDefault(site.site(), site);
        Refused.unless(
                before.equals(site),
                "site %s: zone and price group never change; recorded %s %s, not %s %s",
                site.site(),
                before.hours().zone(),
                before.group(),
                site.hours().zone(),
                site.group());
        sites = sites.plus(site.site(), site);
    }

    private static ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            throw Refused.because("'%s' is not a time zone", zone);
        }
    }

    private void takeWorkspace(WorkspaceChange change) {
        String id = change.getWorkspaceId();
        Refused.unless(Checks.isName(id), "workspace %s: not an id", id);
        String before = siteOf.getOrDefault(id, change.getSite());
        Refused.unless(
                before.equals(change.getSite()),
                "workspace %s: its site never changes; recorded %s, not %s",
                id,
                before,
                change.getSite());
        siteOf = siteOf.plus(id, change.getSite());
    }

    private void takeRetention(RetentionChange change) {
        String id = change.getWorkspaceId();
        Refused.unless(change.getDays() > 0, "workspace %s: a retention of %s days", id, change.getDays());
        RetentionSetting setting = new RetentionSetting(
                change.getCategory(),
                change.getResource(),
                change.getDays(),
                change.getEffectiveFrom().toEpochMilli());
        retentions = retentions.plus(
                id, retentions.getOrDefault(id, TreePVector.empty()).plus(setting));
        touches = touches.plus(Touch.workspace(offset, id, change.getEffectiveFrom()));
    }

    private void takeAccount(AccountChange change) {
        Account account = new Account(change.getAccountId(), change.getUserName(), change.getCurrency());
        String id = account.accountId();
        Refused.unless(Checks.isName(id), "account %s: not an id", id);
        Refused.unless(CURRENCIES.contains(account.currency()), "account %s: currency %s", id, account.currency());
        Account before = accounts.getOrDefault(id, account);
        Refused.unless(
                before.equals(account),
                "account %s: user name and currency never change; recorded %s %s, not %s %s",
                id,
                before.userName(),
                before.currency(),
                account.userName(),
                account.currency());
        String owner = accountOfUserName.getOrDefault(account.userName(), id);
        Refused.unless(
                owner.equals(id), "account %s: the user name %s belongs to account %s", id, account.userName(), owner);
        accounts = accounts.plus(id, account);
        accountOfUserName = accountOfUserName.plus(account.userName(), id);
        touches = touches.plus(Touch.held(offset));
    }

    private void takeBinding(BindingChange change) {
        String id = change.getWorkspaceId();
        String accountId = change.getAccountId();
        if (accountId != null) {
            Refused.unless(Checks.isName(accountId), "workspace %s: account %s: not an id", id, accountId);
        }
        Binding binding = new Binding(accountId, change.getEffectiveFrom().toEpochMilli(), change.getSeq());
        PVector<Binding> before = bindings.getOrDefault(id, TreePVector.empty());
        if (before.contains(binding)) {
            return;
        }
        before.stream().filter(each -> each.seq() == binding.seq()).findAny().ifPresent(other -> {
            throw Refused.because(
                    "workspace %s: binding %s never changes; recorded %s, not %s",
                    id, binding.seq(), inWords(other), inWords(binding));
        });
        bindings = bindings.plus(id, before.plus(binding));
        touches = touches.plus(Touch.workspace(offset, id, change.getEffectiveFrom()));
    }

    private static String inWords(Binding binding) {
        return binding.accountId() + " from " + Instant.ofEpochMilli(binding.effectiveFromMillis());
    }

    private void takeCatalogue(CatalogueChange change) {
        catalogue = catalogue.with(change);
        touches = touches.plus(Touch.all(offset, Catalogue.firstDay(change)));
    }

    private void takeBook(PriceBookChange change) {
        PriceBook next = PriceBooks.read(change);
        book.firstDifference(next).ifPresent(day -> touches = touches.plus(Touch.all(offset, day)));
        book = next;
    }
}
