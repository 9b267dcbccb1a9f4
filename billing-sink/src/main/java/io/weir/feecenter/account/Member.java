package io.weir.feecenter.account;

/**
 * A person in a workspace, as the other members see them.
 *
 * @param consoleAccountId the person
 * @param email of the console account
 * @param userName what the person is called
 */
public record Member(String consoleAccountId, String email, String userName, Role role) {}
