package io.weir.deploy.held;

import io.weir.feecenter.ledger.HeldBackLine;
import io.weir.feecenter.ledger.StoppedAccount;
import java.util.List;

/**
 * Everything that is held.
 *
 * @param charges what the metering stream holds
 * @param heldBack what the ledger holds back, in the order in which it came; those written off are among them
 * @param stopped the accounts whose posting is stopped
 */
record HeldLines(List<HeldCharge> charges, List<HeldBackLine> heldBack, List<StoppedAccount> stopped) {

    /** Defensive copies. */
    HeldLines {
        charges = List.copyOf(charges);
        heldBack = List.copyOf(heldBack);
        stopped = List.copyOf(stopped);
    }
}
