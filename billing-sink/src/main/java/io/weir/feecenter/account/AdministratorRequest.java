package io.weir.feecenter.account;

import java.time.Instant;

/**
 * Somebody wants a member of a commercial workspace to become an administrator, and the fee center has not answered yet.
 *
 * @param workspaceName what the members of the workspace call it
 * @param member id of the console account that is to become an administrator
 * @param email of the member
 * @param askedBy id of the console account of who wants it
 * @param askedByEmail its e-mail address
 */
public record AdministratorRequest(
        long requestId,
        String workspaceId,
        String workspaceName,
        String member,
        String email,
        String askedBy,
        String askedByEmail,
        Instant askedAt) {}
