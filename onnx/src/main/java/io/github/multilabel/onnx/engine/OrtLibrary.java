package io.github.multilabel.onnx.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The native library of ONNX Runtime, loaded once. It stays loaded as long as the process, and sends nothing. */
final class OrtLibrary {

    /** Its telemetry runs regular expressions over the command line, and kills the JVM if that is long. */
    private static final String DEADLY = "1.29.0";

    private static @Nullable OrtEnvironment loaded;
    private static @Nullable String problem;

    private OrtLibrary() {}

    /** Why it cannot be loaded, and what to do; empty if it is loaded. */
    static synchronized Optional<String> problem() {
        if (loaded == null && problem == null) {
            load();
        }
        return Optional.ofNullable(problem);
    }

    /** @throws IllegalStateException if there is a problem */
    static synchronized OrtEnvironment environment() {
        problem().ifPresent(found -> {
            throw new IllegalStateException(found);
        });
        return java.util.Objects.requireNonNull(loaded);
    }

    private static void load() {
        try {
            problem = deadly(version(), System.getenv("ORT_DISABLE_TELEMETRY"));
            if (problem == null) {
                OrtEnvironment environment =
                        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "multilabel");
                environment.setTelemetry(false);
                loaded = environment;
            }
        } catch (NoClassDefFoundError e) {
            problem = "ONNX Runtime is not on the class path; add com.microsoft.onnxruntime:onnxruntime:1.28.0";
        } catch (UnsatisfiedLinkError | ExceptionInInitializerError | OrtException | RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            problem = "the native library of ONNX Runtime cannot be loaded: " + cause.getMessage()
                    + "; com.microsoft.onnxruntime:onnxruntime has those of Linux, macOS and Windows on x86-64 and"
                    + " AArch64, and unpacks them into the folder of java.io.tmpdir";
        }
    }

    /** What the jar says of itself; empty if it says nothing. */
    private static String version() {
        return Optional.ofNullable(OrtEnvironment.class.getPackage().getImplementationVersion())
                .orElse("");
    }

    /** The problem of a version, or null. */
    static @Nullable String deadly(String version, @Nullable String disabled) {
        return version.startsWith(DEADLY) && !"1".equals(disabled)
                ? "ONNX Runtime " + DEADLY + " ends the JVM when its command line is long; use 1.28.0, or set the"
                        + " environment variable ORT_DISABLE_TELEMETRY=1"
                : null;
    }
}
