package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A provider that receives no money, to try the fee center out: every payment up to a limit is paid at once. */
public final class TestPaymentProvider implements PaymentProvider {

    private final URI place;
    private final BigDecimal limit;
    private final Set<String> paid = ConcurrentHashMap.newKeySet();

    /**
     * Remembers what is paid until the process ends.
     *
     * @param place where customers are sent; the reference follows as a query
     * @param limit larger amounts are refused
     */
    public TestPaymentProvider(URI place, BigDecimal limit) {
        this.place = place;
        this.limit = limit;
    }

    @Override
    public Optional<URI> request(String reference, BigDecimal amount, String currency) {
        if (amount.compareTo(limit) > 0) {
            return Optional.empty();
        }
        paid.add(reference);
        return Optional.of(URI.create(place + "?reference=" + reference));
    }

    @Override
    public Set<URI> origins() {
        return place.isAbsolute() ? Set.of(place.resolve("/")) : Set.of();
    }

    @Override
    public boolean isPaid(String reference) {
        return paid.contains(reference);
    }
}
