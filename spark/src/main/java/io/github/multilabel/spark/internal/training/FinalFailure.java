package io.github.multilabel.spark.internal.training;

import io.github.multilabel.cli.program.Flags;
import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.training.event.TrainingDivergedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;

/**
 * What would stop a training again, such as an image that is missing: Spark starts a stage four times, whatever stopped
 * it. The task that meets it tells the others and the driver through a file of the work folder.
 */
public final class FinalFailure {

    /** Another machine would meet these too. */
    private static final List<Class<? extends Exception>> FINAL = List.of(
            ImageDecodeException.class,
            FileNotFoundException.class,
            TrainingDivergedException.class,
            IllegalArgumentException.class);

    private final WorkFolder work;
    private final Configuration configuration;

    /** That of a training, if there is one. */
    public FinalFailure(WorkFolder work, Configuration configuration) {
        this.work = work;
        this.configuration = configuration;
    }

    /**
     * Checks whether a task has told one.
     *
     * @throws UncheckedIOException if so, with what it told
     */
    public void requireNone() throws IOException {
        Optional<String> told = told();
        if (told.isPresent()) {
            throw new UncheckedIOException(told.get(), new IOException(told.get()));
        }
    }

    private Optional<String> told() throws IOException {
        try (FSDataInputStream in = files().open(work.failure())) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Tells what stopped a task, if it would stop it again. The first one counts. */
    void tell(Exception stopped) {
        for (Throwable cause = stopped; cause != null; cause = cause.getCause()) {
            if (isFinal(cause)) {
                tell(words(stopped), stopped);
                return;
            }
        }
    }

    /** With options of {@code multilabel train} in place of setters, as {@code setOptions} takes them. */
    private static String words(Exception stopped) {
        Throwable cause = stopped.getCause();
        Throwable said = stopped instanceof UncheckedIOException && cause != null ? cause : stopped;
        return Flags.of(String.valueOf(said.getMessage()));
    }

    private static boolean isFinal(Throwable cause) {
        return FINAL.stream().anyMatch(type -> type.isInstance(cause));
    }

    private void tell(String message, Exception stopped) {
        try {
            if (told().isEmpty()) {
                try (FSDataOutputStream out = files().create(work.failure(), true)) {
                    out.write(message.getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            stopped.addSuppressed(e); // then Spark tries again, and the driver hears it from Spark
        }
    }

    private FileSystem files() throws IOException {
        return WorkFolder.plain(work.files(configuration));
    }
}
