package io.github.multilabel.core.torch.internal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises that PyTorch ran out of memory, which it reports in two dozen lines. */
public final class NativeMemory {

    private static final Pattern SHORTAGE =
            Pattern.compile("(?i)can't allocate memory|not enough memory|out of memory|alloc_cpu");
    private static final Pattern BYTES = Pattern.compile("(?i)tried to allocate ([0-9.]+ (bytes|[kmgt]i?b))");

    private NativeMemory() {}

    /**
     * The message for a failure.
     *
     * @return empty if the failure, and what caused it, have another reason
     */
    public static Optional<String> shortage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof RuntimeException && SHORTAGE.matcher(message).find()) {
                Matcher bytes = BYTES.matcher(message);
                return Optional.of("there is not enough memory for PyTorch"
                        + (bytes.find() ? ", which asked for " + bytes.group(1) + " at once" : "")
                        + "; take smaller batches or images, a smaller backbone or fewer hidden units, or a machine"
                        + " with more memory. What it needs is outside of Java's heap");
            }
        }
        return Optional.empty();
    }
}
