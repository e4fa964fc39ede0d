package io.github.multilabel.cli.program;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * While it is open, the first signal to end (Ctrl-C, {@code kill}, a terminal that closes) asks for a stop, and the
 * second ends the process at once. A shutdown hook would not do: during one the JVM handles no further signal, and
 * native threads that still compute while it exits can crash it.
 */
public final class StopSignals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

    /** What a shell reports of a process that a signal ended is the signal's number and this. */
    private static final int SIGNALLED = 128;

    private static final int INTERRUPT = 2;
    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
    private final String consequence;
    private final Runnable stop;
    private volatile int received;

    /**
     * Handles signals from now on.
     *
     * @param consequence what the first signal leads to, for people
     * @param stop asks for the stop; called at most once, on a thread of its own
     */
    public StopSignals(String consequence, Runnable stop) {
        this.consequence = consequence;
        this.stop = stop;
        for (String name : NAMES) {
            try {
                Signal signal = new Signal(name);
                before.put(signal, Signal.handle(signal, this::on));
            } catch (IllegalArgumentException e) {
                LOG.debug("SIG{} cannot be heard", name, e); // Windows has no HUP, and -Xrs leaves the JVM none
            }
        }
    }

    private synchronized void on(Signal signal) {
        if (received != 0) {
            Runtime.getRuntime().halt(SIGNALLED + signal.getNumber());
        }
        received = signal.getNumber();
        System.err.println(
                System.lineSeparator() + "SIG" + signal.getName() + ": " + consequence + "; once more ends it at once");
        stop.run();
    }

    /** For a program that was stopped: 130 after Ctrl-C or without a signal, 143 after {@code kill}. */
    public int exitCode() {
        return SIGNALLED + (received != 0 ? received : INTERRUPT);
    }

    @Override
    public void close() {
        before.forEach(Signal::handle);
    }
}
