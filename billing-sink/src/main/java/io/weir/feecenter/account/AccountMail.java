package io.weir.feecenter.account;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Mail about what happens to an account's money, written down within the transaction of what it tells, in the account's language. */
public final class AccountMail {

    private AccountMail() {}

    /**
     * Writes to whoever holds a fee-center account; nothing if it is known from bill lines only.
     *
     * @param text name of the text in {@code mail.properties}
     * @param values stand in it as {1}, {2}, …; {0} is the user name
     */
    public static void toHolder(Handle handle, Instant now, String accountId, String text, String... values) {
        FeeCenterAccounts.find(handle, "account_id", accountId)
                .ifPresent(holder -> Mailings.add(
                        handle,
                        now,
                        holder.email(),
                        MailText.of(text, MailLanguages.of(handle, accountId), after(holder.userName(), values))));
    }

    private static Object[] after(String first, String... values) {
        return Stream.concat(Stream.of(first), Stream.of(values)).toArray();
    }

    /**
     * Writes to the owner of a workspace, and to those of the chosen people who are still its members.
     *
     * @param accountId who pays, in whose language it is written
     * @param chosen ids of console accounts
     * @param text name of the text in {@code mail.properties}
     * @param values stand in it as {1}, {2}, …; {0} is the workspace
     */
    public static void toMembers(
            Handle handle,
            Instant now,
            String accountId,
            String workspaceId,
            List<String> chosen,
            String text,
            String... values) {
        Workspace workspace = Workspaces.get(handle, workspaceId);
        String label = "%s (%s)".formatted(workspace.name(), workspaceId);
        MailText mail = MailText.of(text, MailLanguages.of(handle, accountId), after(label, values));
        handle.createQuery("""
                        SELECT email FROM workspace_member JOIN console_account USING (console_account_id, site)
                        WHERE workspace_id = :workspace AND (role = 'OWNER' OR console_account_id = ANY(:chosen))
                        ORDER BY email COLLATE "C"
                        """)
                .bind("workspace", workspaceId)
                .bindArray("chosen", String.class, chosen)
                .mapTo(String.class)
                .forEach(email -> Mailings.add(handle, now, email, mail));
    }
}
