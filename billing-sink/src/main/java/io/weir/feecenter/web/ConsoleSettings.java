package io.weir.feecenter.web;

import io.weir.feecenter.settlement.PaymentProvider;
import io.weir.feecenter.settlement.TestPaymentProvider;
import io.weir.wire.Secret;
import io.weir.wire.Settings;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * How the console is reached and by whom it is operated.
 *
 * @param address {@code weir.console.host}, {@code weir.console.port}: where it listens; port 0 takes any free one
 * @param url {@code weir.console.url}: how browsers reach it; with {@code https} cookies are sent over TLS only
 * @param operatorPassword {@code weir.console.operator.password}: opens the operator's pages; without it there are none
 * @param payments {@code weir.console.payments}, {@code NONE} or {@code TEST}: takes the money of top-ups and cards; without one only cash buys
 *     cards
 */
public record ConsoleSettings(
        InetSocketAddress address, URI url, Optional<Secret> operatorPassword, Optional<PaymentProvider> payments) {

    /** Where a payment provider sends its customers back to. */
    public static final URI PAID = URI.create("/fee-center/wallet/paid");

    private static final BigDecimal LARGEST_TEST_PAYMENT = new BigDecimal("100000");

    /** Reads them. Ask the settings for mistakes before the result is used. */
    public static ConsoleSettings from(Settings settings) {
        String host = settings.text("weir.console.host", "127.0.0.1");
        int port = settings.wholeNumber("weir.console.port", 8383, 0, 65_535);
        return new ConsoleSettings(
                new InetSocketAddress(host, port),
                url(settings, "http://%s:%d".formatted(host, port)),
                settings.secret("weir.console.operator.password"),
                payments(settings));
    }

    /** Who takes payments. */
    private enum Provider {
        NONE,
        TEST
    }

    private static Optional<PaymentProvider> payments(Settings settings) {
        return switch (settings.oneOf("weir.console.payments", Provider.NONE)) {
            case NONE -> Optional.empty();
            case TEST -> Optional.of(new TestPaymentProvider(PAID, LARGEST_TEST_PAYMENT));
        };
    }

    private static URI url(Settings settings, String otherwise) {
        String url = settings.text("weir.console.url", otherwise);
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            settings.mistake("weir.console.url=%s: does not begin with https:// or http://".formatted(url));
            return URI.create(otherwise);
        }
        return URI.create(url);
    }

    /** Whether browsers come over TLS. */
    boolean isSecure() {
        return "https".equals(url.getScheme());
    }

    /** Where customers pay, if that is elsewhere. */
    Set<URI> paymentOrigins() {
        return payments.map(PaymentProvider::origins).orElse(Set.of());
    }
}
