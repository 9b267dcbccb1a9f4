package io.weir.deploy.story;

import io.weir.deploy.console.Progress;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

/**
 * When the fee center dies: for the same seed and the same story at the same requests, in the same moments of them. Not safe for use by many
 * threads.
 */
final class Fate {

    private static final int ONE_FORM_IN = 3;
    private static final int ONE_PAGE_IN = 25;
    private static final int RESPITE_REQUESTS = 3; // so that it gets on
    private static final int LONGEST_ANSWER_MILLIS = 80;

    private static final List<Moment> DEADLY = List.copyOf(EnumSet.complementOf(EnumSet.of(Moment.NEVER)));

    private final Random random;
    private final Progress console = Progress.onStandardError();
    private int requests;
    private int lastDeath = -RESPITE_REQUESTS;
    private int deaths;

    /** What this seed draws; says it, and each death. */
    Fate(long seed) {
        this.random = new Random(seed);
        console.say("The fee center dies as of -Dweir.story.seed=" + seed);
    }

    /** In which moment of a request the fee center dies. */
    enum Moment {
        NEVER,
        BEFORE_THE_REQUEST_COMES,
        WHILE_IT_IS_ANSWERED,
        BEFORE_THE_ANSWER_COMES,
        AFTER_THE_ANSWER
    }

    /** The moment of the next request in which the fee center dies. */
    Moment next(Request request) {
        requests++;
        boolean chosen = random.nextInt(request.isForm() ? ONE_FORM_IN : ONE_PAGE_IN) == 0;
        if (!chosen || requests <= lastDeath + RESPITE_REQUESTS) {
            return Moment.NEVER;
        }
        lastDeath = requests;
        Moment moment = DEADLY.get(random.nextInt(DEADLY.size()));
        die("at request %d, %s: %s".formatted(requests, request.line(), moment));
        return moment;
    }

    /** How long an answer may go on before the death that cuts it short, in milliseconds. */
    long answeringMillis() {
        return random.nextInt(LONGEST_ANSWER_MILLIS);
    }

    /** How many of this many lines are posted before the fee center dies. */
    int linesOf(int lines) {
        int posted = random.nextInt(lines + 1);
        die("once %d of %d lines are posted".formatted(posted, lines));
        return posted;
    }

    private void die(String when) {
        deaths++;
        console.say("  %d. %s".formatted(deaths, when));
    }

    /** How often it died so far. */
    int deaths() {
        return deaths;
    }
}
