package io.weir.deploy.rejected;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.usage.Reason;
import io.weir.usage.RejectedUsage;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefusalTest {

    private static final String VALUE = "what a producer sent";

    @Test
    void aRecordThatWasKeptWholeCanBeSentAgain() {
        assertThat(refusal("wksp", VALUE.length(), DigestUtils.sha256Hex(VALUE)).hindrance())
                .isEmpty();
    }

    @Test
    void aRecordWithoutKeyCannot() {
        assertThat(refusal(null, VALUE.length(), DigestUtils.sha256Hex(VALUE)).hindrance())
                .hasValueSatisfying(why -> assertThat(why).contains("no key"));
    }

    @Test
    void aRecordThatWasCutCannot() {
        assertThat(refusal("wksp", 2_000_000, DigestUtils.sha256Hex(VALUE)).hindrance())
                .hasValueSatisfying(why -> assertThat(why).contains("only 20 of its 2,000,000 bytes"));
    }

    @Test
    void aRecordWithOtherBytesThanThoseThatWereRefusedCannot() {
        assertThat(refusal("wksp", VALUE.length(), DigestUtils.sha256Hex("other"))
                        .hindrance())
                .hasValueSatisfying(why -> assertThat(why).contains("SHA-256 differs"));
    }

    private static Refusal refusal(@Nullable String key, long length, String sha256) {
        return new Refusal(
                key == null ? "" : key,
                new RejectedUsage(
                        Reason.UNKNOWN_WORKSPACE,
                        "workspace 'wksp' is not known",
                        "usage-events",
                        2,
                        17L,
                        Instant.EPOCH,
                        key == null ? null : ByteBuffer.wrap(key.getBytes(UTF_8)),
                        ByteBuffer.wrap(VALUE.getBytes(UTF_8)),
                        length,
                        sha256));
    }
}
