package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Money that reached the bank, as the operator enters it.
 *
 * @param reference by which the bank knows the transfer: {@code [A-Z0-9][A-Z0-9_.:/-]{3,63}}
 * @param accountId the fee-center account that it is for
 * @param userName of that account
 * @param currency of that account
 * @param amount positive, with at most two decimals
 * @param receivedOn the day on which the bank had it
 * @param enteredBy who entered it
 * @param enteredAt when it was entered and booked
 */
public record BankTransfer(
        String reference,
        String accountId,
        String userName,
        String currency,
        BigDecimal amount,
        LocalDate receivedOn,
        String enteredBy,
        Instant enteredAt) {

    private static final Pattern REFERENCE = Pattern.compile("[A-Z0-9][A-Z0-9_.:/-]{3,63}");

    /** A reference in the one form in which it is kept, however it was typed: in capitals and without spaces. */
    public static String reference(String typed) {
        return typed.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
    }

    /** Whether this can be a reference, in the form in which it is kept. */
    public static boolean isReference(String reference) {
        return REFERENCE.matcher(reference).matches();
    }
}
