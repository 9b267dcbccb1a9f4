package io.weir.metering.intake;

import static io.weir.metering.intake.Rejection.quoted;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.usage.Reason;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The meters of the catalogue, found by the bytes of their names. */
public final class Meters {

    private final ByteTable<Meter> meters = new ByteTable<>();

    /** Takes in what the catalogue says now: new meters, and limits that have changed. */
    public void refresh(Collection<MeterRule> rules) {
        for (MeterRule rule : rules) {
            byte[] name = rule.meter().getBytes(UTF_8);
            Meter known = meters.find(name, 0, name.length);
            if (known == null) {
                meters.add(new Meter(rule.meter(), rule.peak(), rule.limitPerEvent()));
            } else {
                known.limitPerEvent(rule.limitPerEvent());
            }
        }
    }

    /** Check 7: every meter is known; fills the meters of the event. */
    @Nullable
    Rejection known(UsageView view, AcceptedUsage usage) {
        for (int reading = 0; reading < view.readings; reading++) {
            Meter meter = meters.find(view.bytes, view.meterFrom[reading], view.meterLength[reading]);
            if (meter == null) {
                return new Rejection(
                        Reason.UNKNOWN_METER, "meter " + quoted(view.meter(reading)) + " is not in the catalogue");
            }
            usage.meter(reading, meter);
        }
        return null;
    }

    /** Check 8: every quantity is from 0 to its meter's limit per event. */
    static @Nullable Rejection quantities(AcceptedUsage usage) {
        for (int reading = 0; reading < usage.readings(); reading++) {
            long quantity = usage.quantity(reading);
            Meter meter = usage.meter(reading);
            if (quantity < 0 || quantity > meter.limitPerEvent()) {
                return new Rejection(
                        Reason.BAD_QUANTITY,
                        "%d %s is not from 0 to the limit per event, %d"
                                .formatted(quantity, meter.meter(), meter.limitPerEvent()));
            }
        }
        return null;
    }
}
