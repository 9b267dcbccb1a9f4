package io.weir.feecenter.web;

import java.time.Instant;

/**
 * Who pays for a workspace from an instant on.
 *
 * @param userName of the fee-center account
 * @param from counts from the first full hour that begins then or later
 * @param by e-mail address of the owner who bound it
 */
public record NamedBinding(String userName, Instant from, String by) {}
