package io.weir.feecenter.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How what people type about themselves is written: one spelling for each address, phone and name. */
final class Contact {

    /** One @ and a domain with a dot: whether mail arrives is shown by a code, not by a pattern. */
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>,;\"\\p{Cntrl}]{1,64}@[a-z0-9-]+(\\.[a-z0-9-]+)+");

    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern USER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{2,31}");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,64}");
    private static final Pattern SITE = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");

    private Contact() {}

    /** The address in lower case. */
    static String email(String typed) {
        return matching(EMAIL, typed.strip().toLowerCase(Locale.ROOT), Refusal.EMAIL_INVALID);
    }

    /** The number with its country code and without spaces, hyphens and brackets; null if none was given. */
    static @Nullable String phone(@Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        return matching(PHONE, typed.replaceAll("[\\s()-]", ""), Refusal.PHONE_INVALID);
    }

    /** The user name of a fee-center account: without @ and +, so that it is never taken for an address or a phone. */
    static String userName(String typed) {
        return matching(USER_NAME, typed.strip(), Refusal.USER_NAME_INVALID);
    }

    /** The name of a person or workspace, which nobody has to be alone with. */
    static String name(String typed) {
        return matching(NAME, Normalizer.normalize(typed.strip(), Normalizer.Form.NFC), Refusal.NAME_INVALID);
    }

    static String site(String typed) {
        return matching(SITE, typed, Refusal.SITE_INVALID);
    }

    private static String matching(Pattern pattern, String text, Refusal otherwise) {
        if (!pattern.matcher(text).matches()) {
            throw new AccountRefused(otherwise, "[%s]: %s".formatted(text, otherwise));
        }
        return text;
    }
}
