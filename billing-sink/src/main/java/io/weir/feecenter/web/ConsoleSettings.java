package io.weir.feecenter.web;

import io.weir.feecenter.settlement.SettlementMethod;
import io.weir.wire.Secret;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How the console is reached and by whom it is operated.
 *
 * @param address {@code weir.console.host}, {@code weir.console.port}: where it listens; port 0 takes any free one
 * @param url {@code weir.console.url}: how browsers reach it; with {@code https} cookies are sent over TLS only
 * @param operatorPassword {@code weir.console.operator.password}: opens the operator's pages; without it there are none
 * @param siteClouds {@code weir.console.site.clouds}: which cloud runs a site, for the settlement that is offered there
 */
public record ConsoleSettings(
        InetSocketAddress address,
        URI url,
        Optional<Secret> operatorPassword,
        Map<String, SettlementMethod> siteClouds) {

    /** Defensive copies. */
    public ConsoleSettings {
        siteClouds = Map.copyOf(siteClouds);
    }

    /** Whether browsers come over TLS. */
    boolean isSecure() {
        return "https".equals(url.getScheme());
    }
}
