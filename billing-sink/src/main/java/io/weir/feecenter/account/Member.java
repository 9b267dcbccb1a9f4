package io.weir.feecenter.account;

/**
 * A person in a workspace, as the other members see them.
 *
 * @param email of the console account
 * @param userName what the person is called
 */
public record Member(String email, String userName, Role role) {}
