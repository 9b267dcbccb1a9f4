/**
 * The HTTP API for programs of a fee-center account: JSON over the packages {@code account}, {@code settlement} and {@code ledger}. What it
 * answers is described in the resource {@code openapi.json} of this package, which is the contract and is held against a running server.
 *
 * <p>Read {@link io.weir.feecenter.api.Api} first: a request shows a token ({@code Callers}), what it asks for is read from its parameters
 * ({@code Parameters}) or its body ({@code Body}), and the answer is a page of rows ({@code Listing}) or what became of a change
 * ({@code OneEffect}).
 */
@NullMarked
package io.weir.feecenter.api;

import org.jspecify.annotations.NullMarked;
