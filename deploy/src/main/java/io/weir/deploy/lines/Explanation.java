package io.weir.deploy.lines;

import io.weir.billing.AppliedPrice;
import io.weir.billing.BillLine;
import io.weir.billing.LineKind;
import io.weir.feecenter.ledger.PriceSteps;
import io.weir.usage.MeterTotal;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Says in words how a line came about, from its own fields. */
final class Explanation {

    private final PrintWriter out;

    Explanation(PrintWriter out) {
        this.out = out;
    }

    void print(BillLine line) {
        out.printf(
                "%s  %s  %s  %s %s%n",
                line.getDay(), line.getWorkspaceId(), charge(line), line.getCurrency(), line.getNetAmount());
        say("line       %s, revision %d, account %s", line.getLineId(), line.getRevision(), line.getAccountId());
        say("used       %s", used(line.getMeters()));
        AppliedPrice price = line.getPrice();
        if (price == null) {
            say("price      nothing is left to pay for");
        } else {
            printPrice(line, price);
        }
        say("this line  %s", kind(line));
        say("known      bindings %s, control records up to offset %d", line.getBindingSeqs(), line.getControlOffset());
    }

    private static String charge(BillLine line) {
        String resource = line.getResource().isEmpty() ? "" : " of " + line.getResource();
        String retention =
                line.getRetentionDays() == null ? "" : ", retention %d days".formatted(line.getRetentionDays());
        return line.getItem() + resource + retention;
    }

    private static String used(List<MeterTotal> meters) {
        return meters.isEmpty()
                ? "nothing"
                : meters.stream()
                        .map(meter ->
                                "%s %s (%,d events)".formatted(meter.getMeter(), meter.getTotal(), meter.getEvents()))
                        .collect(Collectors.joining(", "));
    }

    private void printPrice(BillLine line, AppliedPrice price) {
        BigDecimal quantity = new BigDecimal(line.getNetQuantity());
        BigDecimal units = quantity.divide(new BigDecimal(price.getUnit()));
        say("quantity   %s = %s units of %s", line.getNetQuantity(), PriceSteps.plain(units), price.getUnit());
        say("price      %s; book %s, from %s", price.getModel(), price.getPriceBookVersion(), price.getEffectiveFrom());
        PriceSteps.of(price.getModel(), units).ifPresent(steps -> printSteps(steps, line));
    }

    private void printSteps(PriceSteps steps, BillLine line) {
        steps.steps().forEach(step -> say("           %s", text(step)));
        BigDecimal rounded = steps.rounded();
        boolean same = rounded.compareTo(new BigDecimal(line.getNetAmount())) == 0;
        say(
                "           = %s, rounded half up: %s%s",
                PriceSteps.plain(steps.sum()),
                rounded,
                same ? "" : " – but the line says " + line.getNetAmount() + ": weir audit");
    }

    private static String text(PriceSteps.Step step) {
        String text = switch (step.kind()) {
            case UNITS -> "%s × %s";
            case FLAT -> "%s, one price for any use";
            case PACKAGES -> "%s units beyond %s free ones are %s packages of %s, begun ones counted: %3$s × %s";
            case TIER -> "%s of them in the tier to %4$s: %1$s × %2$s + %3$s";
            case LAST_TIER -> "%s of them in the tier without end: %1$s × %2$s + %3$s";
            case WHOLE_TIER -> "all of them at the tier to %4$s: %1$s × %2$s + %3$s";
            case WHOLE_LAST_TIER -> "all of them at the tier without end: %1$s × %2$s + %3$s";
        };
        return text.formatted(step.figures().toArray());
    }

    private static String kind(BillLine line) {
        String difference = "quantity %s, amount %s".formatted(line.getQuantity(), line.getAmount());
        if (line.getKind() == LineKind.CLOSE) {
            return "issued at the close of the day: " + difference;
        }
        return line.getRevision() == 0
                ? "issued after the close of the day, the first of its key: " + difference
                : "corrects the revisions before it, which came to %s, by %s"
                        .formatted(
                                new BigDecimal(line.getNetAmount()).subtract(new BigDecimal(line.getAmount())),
                                difference);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one library more
    private void say(String text, Object... values) {
        out.println("    " + text.formatted(values));
    }
}
