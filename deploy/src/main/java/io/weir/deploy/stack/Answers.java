package io.weir.deploy.stack;

import io.weir.deploy.console.Failure;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;

/** Waiting for the broker's answers to an administrator. */
public final class Answers {

    private Answers() {}

    /** The broker's answer, or its refusal as a failure. */
    public static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException refused) {
            throw new Failure("The broker refuses: " + refused.getMessage(), refused);
        } catch (InterruptedException stop) {
            throw Pause.interrupted(stop);
        }
    }
}
