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
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
 *
 * @param offset offset of the last record; −1 before the first
 * @param sites by id
 * @param siteOf site id by workspace
 * @param bindings by workspace, in order of recording
 * @param retentions by workspace, in order of recording
 * @param accounts by id
 * @param userNames names that are taken
 * @param catalogue meters and items
 * @param book prices
 * @param touches which closed days each change may alter, by ascending offset
 */
public record ControlTable(
        long offset,
        PMap<String, Site> sites,
        PMap<String, String> siteOf,
        PMap<String, PVector<Binding>> bindings,
        PMap<String, PVector<RetentionSetting>> retentions,
        PMap<String, Account> accounts,
        PMap<String, String> userNames,
        Catalogue catalogue,
        PriceBook book,
        PVector<Touch> touches) {

    /** The table before the first record. */
    public static final ControlTable EMPTY = new ControlTable(
            -1,
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            Catalogue.EMPTY,
            PriceBook.EMPTY,
            TreePVector.empty());

    private static final Set<String> CURRENCIES = Set.of("CNY", "USD");

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

    /** The changes after an offset that may alter closed days, the latest first. */
    public List<Touch> touchesAfter(long after) {
        List<Touch> later = new ArrayList<>();
        for (int index = touches.size() - 1; index >= 0 && touches.get(index).offset() > after; index--) {
            later.add(touches.get(index));
        }
        return later;
    }

    /**
     * This table with one more record.
     *
     * @param recordOffset the record's offset, which becomes the table's
     * @throws Refused if the record contradicts what never changes, or has a mistake
     */
    public ControlTable with(long recordOffset, ControlRecord record) {
        Object change = record.getChange();
        ControlTable next = at(recordOffset);
        if (change instanceof SiteChange site) {
            return next.withSite(site);
        } else if (change instanceof WorkspaceChange workspace) {
            return next.withWorkspace(workspace);
        } else if (change instanceof RetentionChange retention) {
            return next.withRetention(retention);
        } else if (change instanceof AccountChange account) {
            return next.withAccount(account);
        } else if (change instanceof BindingChange binding) {
            return next.withBinding(binding);
        } else if (change instanceof CatalogueChange version) {
            return next.withCatalogue(version);
        }
        return next.withBook((PriceBookChange) change);
    }

    /** This table, having passed over a record that was refused. */
    public ControlTable at(long recordOffset) {
        return new ControlTable(
                recordOffset, sites, siteOf, bindings, retentions, accounts, userNames, catalogue, book, touches);
    }

    private ControlTable withSite(SiteChange change) {
        Site site = new Site(
                change.getSite(),
                new HourWindows(zone(change.getZone())),
                change.getGroup().name());
        Site before = sites.get(site.site());
        Refused.unless(
                before == null || before.equals(site), "site %s: zone and price group never change", site.site());
        return new ControlTable(
                offset,
                sites.plus(site.site(), site),
                siteOf,
                bindings,
                retentions,
                accounts,
                userNames,
                catalogue,
                book,
                touches);
    }

    private static ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException exception) {
            Refused.unless(false, "'%s' is not a time zone", zone);
            throw exception;
        }
    }

    private ControlTable withWorkspace(WorkspaceChange change) {
        String id = change.getWorkspaceId();
        Refused.unless(Checks.isName(id), "workspace %s: not an id", id);
        String before = siteOf.get(id);
        Refused.unless(before == null || before.equals(change.getSite()), "workspace %s: its site never changes", id);
        return new ControlTable(
                offset,
                sites,
                siteOf.plus(id, change.getSite()),
                bindings,
                retentions,
                accounts,
                userNames,
                catalogue,
                book,
                touches);
    }

    private ControlTable withRetention(RetentionChange change) {
        String id = change.getWorkspaceId();
        Refused.unless(change.getDays() > 0, "workspace %s: a retention of %s days", id, change.getDays());
        RetentionSetting setting = new RetentionSetting(
                change.getCategory(),
                change.getResource(),
                change.getDays(),
                change.getEffectiveFrom().toEpochMilli());
        return new ControlTable(
                offset,
                sites,
                siteOf,
                bindings,
                retentions.plus(
                        id, retentions.getOrDefault(id, TreePVector.empty()).plus(setting)),
                accounts,
                userNames,
                catalogue,
                book,
                touches.plus(touch(id, change.getEffectiveFrom())));
    }

    private ControlTable withAccount(AccountChange change) {
        Account account = new Account(change.getAccountId(), change.getUserName(), change.getCurrency());
        Refused.unless(Checks.isName(account.accountId()), "account %s: not an id", account.accountId());
        Refused.unless(
                CURRENCIES.contains(account.currency()),
                "account %s: currency %s",
                account.accountId(),
                account.currency());
        Account before = accounts.get(account.accountId());
        Refused.unless(
                before == null || before.equals(account),
                "account %s: user name and currency never change",
                account.accountId());
        String owner = userNames.getOrDefault(account.userName(), account.accountId());
        Refused.unless(
                owner.equals(account.accountId()),
                "account %s: the user name belongs to account %s",
                account.accountId(),
                owner);
        return new ControlTable(
                offset,
                sites,
                siteOf,
                bindings,
                retentions,
                accounts.plus(account.accountId(), account),
                userNames.plus(account.userName(), account.accountId()),
                catalogue,
                book,
                touches.plus(new Touch(offset, null, null)));
    }

    private ControlTable withBinding(BindingChange change) {
        String id = change.getWorkspaceId();
        String accountId = change.getAccountId();
        if (accountId != null) {
            Refused.unless(Checks.isName(accountId), "workspace %s: account %s: not an id", id, accountId);
        }
        Binding binding = new Binding(accountId, change.getEffectiveFrom().toEpochMilli(), change.getSeq());
        PVector<Binding> before = bindings.getOrDefault(id, TreePVector.empty());
        Optional<Binding> same =
                before.stream().filter(each -> each.seq() == binding.seq()).findAny();
        if (same.isPresent()) {
            Refused.unless(
                    same.get().equals(binding), "workspace %s: binding %s is recorded otherwise", id, binding.seq());
            return this;
        }
        return new ControlTable(
                offset,
                sites,
                siteOf,
                bindings.plus(id, before.plus(binding)),
                retentions,
                accounts,
                userNames,
                catalogue,
                book,
                touches.plus(touch(id, change.getEffectiveFrom())));
    }

    private ControlTable withCatalogue(CatalogueChange change) {
        return new ControlTable(
                offset,
                sites,
                siteOf,
                bindings,
                retentions,
                accounts,
                userNames,
                catalogue.with(change),
                book,
                touches.plus(new Touch(offset, null, Catalogue.firstDay(change))));
    }

    private ControlTable withBook(PriceBookChange change) {
        PriceBook next = PriceBooks.read(change);
        PVector<Touch> touched = book.firstDifference(next)
                .map(day -> touches.plus(new Touch(offset, null, day)))
                .orElse(touches);
        return new ControlTable(
                offset, sites, siteOf, bindings, retentions, accounts, userNames, catalogue, next, touched);
    }

    /** No site's calendar is more than a day behind that of UTC. */
    private Touch touch(String workspaceId, Instant effectiveFrom) {
        return new Touch(
                offset,
                workspaceId,
                LocalDate.ofInstant(effectiveFrom, ZoneOffset.UTC).minusDays(1));
    }
}
