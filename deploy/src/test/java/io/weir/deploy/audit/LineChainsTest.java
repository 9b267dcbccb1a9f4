package io.weir.deploy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.usage.MeterTotal;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineChainsTest {

    private final Check check = new Check("lines");
    private final LineChains chains = new LineChains(check);

    @Test
    void linesThatFollowEachOtherHold() {
        add(TestLine.first());
        add(TestLine.second());
        assertThat(check.violations()).isEmpty();
    }

    @Test
    void anIdThatIsNotTheHashOfTheLineIsNamed() {
        add(BillLine.newBuilder(TestLine.first()).setItem("trace").build());
        assertThat(check.violations())
                .singleElement()
                .asString()
                .contains(TestLine.first().getLineId(), "hash to");
    }

    @Test
    void aMissingRevisionIsNamed() {
        add(TestLine.first());
        add(TestLine.of(2, "1", "0.00", "2001", "2.40").build());
        assertThat(check.violations()).singleElement().asString().contains("revision 2 where 1 must follow");
    }

    @Test
    void aLineThatIsIssuedTwiceIsNamed() {
        add(TestLine.first());
        add(TestLine.first());
        assertThat(check.violations()).anyMatch(text -> text.contains("revision 0 where 1 must follow"));
    }

    @Test
    void aChangedAmountBreaksTheRunningSum() {
        add(TestLine.first());
        add(TestLine.of(1, "500", "0.61", "2500", "3.00").build());
        assertThat(check.violations())
                .singleElement()
                .asString()
                .contains("net_amount is 3.00, but 2.40 before and 0.61 of its own make 3.01");
    }

    @Test
    void aFigureThatIsNoDecimalIsNamed() {
        add(TestLine.of(0, "2e3", "2.40", "2000", "2.40").build());
        assertThat(check.violations()).singleElement().asString().contains("no decimal");
    }

    @Test
    void anAccountWithASecondCurrencyIsNamed() {
        add(TestLine.first());
        add(BillLine.newBuilder(TestLine.second()).setCurrency("USD").build());
        assertThat(check.violations()).singleElement().asString().contains("in USD", "acct", "CNY before");
    }

    @Test
    void aMalformedDigestIsNamed() {
        add(BillLine.newBuilder(TestLine.first())
                .setMeters(List.of(new MeterTotal("log_records", "2000", 3L, "none")))
                .build());
        assertThat(check.violations()).singleElement().asString().contains("not a total of a meter");
    }

    @Test
    void aLineUnderTheKeyOfAnotherAccountIsNamed() {
        chains.add("acct_other", TestLine.first());
        assertThat(check.violations()).singleElement().asString().contains("record key acct_other");
    }

    private void add(BillLine line) {
        chains.add("acct", line);
    }
}
