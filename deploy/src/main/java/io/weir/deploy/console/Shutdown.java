package io.weir.deploy.console;

/** Whether this process is already ending, as after Ctrl-C, so that what then fails is no news. */
public final class Shutdown {

    private Shutdown() {}

    /** Whether the process is ending. */
    public static boolean isUnderWay() {
        Thread probe = new Thread(() -> {}, "probe");
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }
}
