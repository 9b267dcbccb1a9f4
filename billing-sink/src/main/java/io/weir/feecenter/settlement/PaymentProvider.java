package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Takes money from customers, such as a bank or a payment service. A payment is known to both sides by its reference. */
public interface PaymentProvider {

    /**
     * Prepares one payment.
     *
     * @param reference of this payment and no other
     * @param amount in {@code currency}, positive, at most two decimals
     * @return where the customer pays it; nothing if the provider takes no such amount
     */
    Optional<URI> request(String reference, BigDecimal amount, String currency);

    /**
     * Scheme, host and port of each place that {@link #request} may name; nothing where customers stay on this console. A browser lets a form
     * lead to these and to nowhere else.
     */
    Set<URI> origins();

    /**
     * Whether the whole payment with this reference has been received, for good. Its answer counts, and not that of a message
     * which anybody might have sent.
     */
    boolean isPaid(String reference);
}
