package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.settlement.TestPaymentProvider;
import java.math.BigDecimal;
import java.net.URI;
import org.junit.jupiter.api.Test;

class SafeguardsTest {

    private static String policy(TestConsole console) {
        return console.browser()
                .get("/sign-in")
                .headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow();
    }

    @Test
    void aFormLeadsNowhereElse() throws Exception {
        try (TestConsole console = new TestConsole()) {
            assertThat(policy(console)).contains("form-action 'self'; ");
        }
    }

    @Test
    void aFormLeadsToWherePaymentsAreMade() throws Exception {
        URI place = URI.create("https://pay.example:8443/checkout?shop=1");
        try (TestConsole console = new TestConsole(new TestPaymentProvider(place, new BigDecimal("100")))) {
            assertThat(policy(console)).contains("form-action 'self' https://pay.example:8443; ");
        }
    }
}
