package io.github.multilabel.onnx.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The way to ONNX Runtime: loads its native library, with its telemetry off. */
final class OnnxRuntime {

    /** The version that this library is built and tested with. */
    private static final String TESTED = "1.28.0";

    private static final String ARTIFACT = "com.microsoft.onnxruntime:onnxruntime";

    /** A constant of the compiler, so that it can be read where this class cannot be loaded. */
    static final String MISSING = "ONNX Runtime is not on the class path: add " + ARTIFACT + ":" + TESTED;

    /** Runs regular expressions over the command line when it starts, which overflow the stack of a long one. */
    private static final String BROKEN = "1.29.";

    private static final int LONGEST_COMMAND_LINE = 3900;
    private static final String NO_TELEMETRY = "ORT_DISABLE_TELEMETRY";
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private OnnxRuntime() {}

    /** Why it cannot be used, and what to do; empty if it is loaded. */
    static Optional<String> problem() {
        try {
            var unused = environment();
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    /**
     * The one of this process; it stays open.
     *
     * @throws IllegalStateException if it is missing or cannot be loaded; the message says what to do
     */
    static OrtEnvironment environment() {
        try {
            // the name of a class does not load the native library, which would be too late
            String version = OrtEnvironment.class.getPackage().getImplementationVersion();
            danger(version == null ? "" : version, commandLineLength(), System.getenv(NO_TELEMETRY) != null)
                    .ifPresent(danger -> {
                        throw new IllegalStateException(danger, new UnsatisfiedLinkError("onnxruntime " + version));
                    });
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            environment.setTelemetry(false);
            return environment;
        } catch (LinkageError | OrtException e) {
            throw new IllegalStateException(whatToDo(e), e);
        }
    }

    /** Why a version must not be loaded here, if it must not: it would end the process. */
    static Optional<String> danger(String version, long commandLineLength, boolean isTelemetryDisabled) {
        return version.startsWith(BROKEN) && commandLineLength > LONGEST_COMMAND_LINE && !isTelemetryDisabled
                ? Optional.of(
                        "ONNX Runtime " + version + " ends the process where the command line is longer than some "
                                + LONGEST_COMMAND_LINE + " characters, and this one has " + commandLineLength + ": use "
                                + ARTIFACT + ":" + TESTED + ", set the environment variable " + NO_TELEMETRY
                                + "=1, or give the class path by the environment variable CLASSPATH or a file (java @file)")
                : Optional.empty();
    }

    /** 0 where it cannot be known. */
    private static long commandLineLength() {
        try {
            if (Files.isReadable(COMMAND_LINE)) { // Java's own is cut at 4,096 characters there
                return Files.readAllBytes(COMMAND_LINE).length;
            }
        } catch (IOException e) {
            return 0;
        }
        return ProcessHandle.current().info().commandLine().map(String::length).orElse(0);
    }

    static String whatToDo(Throwable failure) {
        if (failure instanceof NoClassDefFoundError missing
                && String.valueOf(missing.getMessage()).endsWith("OrtEnvironment")
                && missing.getCause() instanceof ClassNotFoundException) {
            return MISSING;
        }
        return "the native library of ONNX Runtime cannot be loaded on " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ": " + failure + ". " + ARTIFACT + ":" + TESTED
                + " has it for Linux (x86-64, aarch64), macOS (aarch64) and Windows (x86-64), and unpacks it into the"
                + " folder of -Djava.io.tmpdir, which must allow libraries to be executed; -Donnxruntime.native.path=DIR"
                + " names a folder with another";
    }
}
