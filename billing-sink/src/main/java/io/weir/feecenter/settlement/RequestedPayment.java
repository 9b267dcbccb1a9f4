package io.weir.feecenter.settlement;

import java.net.URI;

/**
 * A payment that waits for its customer.
 *
 * @param reference {@code pay_} and 32 hex digits
 * @param place where the customer pays it
 */
public record RequestedPayment(String reference, URI place) {}
