package io.weir.deploy.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped rules and the example of a configuration are right, and the rules' own tests pass. */
@Tag("installed")
class PromtoolIT {

    @ParameterizedTest
    @CsvSource({
        "check, config, prometheus/prometheus.yaml",
        "check, rules, prometheus/weir.rules.yaml",
        "test, rules, prometheus/weir.rules.test.yaml"
    })
    void whatIsShippedPasses(String verb, String what, String file) throws Exception {
        // When
        Promtool.Answer answer = Promtool.run("", verb, what, file);

        // Then
        assertThat(answer.text()).contains("SUCCESS").doesNotContain("FAILED");
        assertThat(answer.status()).isZero();
    }
}
