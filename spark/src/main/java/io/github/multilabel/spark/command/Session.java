package io.github.multilabel.spark.command;

import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.training.event.TrainingDivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/** The session of a command: that of {@code spark-submit}, or one of this machine. */
final class Session {

    private static final String MASTER = "spark.master";

    /** What stopped a task of a barrier stage comes to the driver as the text of its stack trace alone. */
    private static final Pattern TOLD = Pattern.compile(
            "(?m)^(?:Caused by: )?java\\.io\\.(?:Unchecked)?IOException: (?:java\\.io\\.IOException: )?(.+)$");

    /** A setter in a message, with its value unless that is true. */
    private static final Pattern SETTER = Pattern.compile("\\bset([A-Z]\\w*)(?:\\((?:true|\"([^\"]*)\")\\))?");

    /** Options that are not named as the setters are. */
    private static final Map<String, String> FLAGS = Map.of(
            "NumTasks", "tasks",
            "LabelCols", "head",
            "ImageCol", "image-column",
            "EmbeddingCol", "embeddings",
            "ProblemCol", "problem-column");

    private Session() {}

    /** What a command does. */
    @FunctionalInterface
    interface Work {
        /** Returns the exit code. */
        int in(SparkSession spark) throws Exception;
    }

    /**
     * Does something in a session, which ends with it.
     *
     * @return the exit code
     * @throws Exception what is wrong, as {@code Launcher} tells it to people, if they can put it right
     */
    static int run(String name, Work work) throws Exception {
        SparkSession.Builder builder = SparkSession.builder().appName("multilabel-spark " + name);
        if (!new SparkConf().contains(MASTER)) {
            builder.master("local[*]");
        }
        SparkSession spark = builder.getOrCreate();
        try {
            return work.in(spark);
        } catch (Exception e) {
            throw forPeople(e);
        } finally {
            spark.stop();
        }
    }

    private static Exception forPeople(Exception failure) {
        if (failure instanceof AnalysisException wrong) { // such as [PATH_NOT_FOUND] ... SQLSTATE: 42K03
            return new InvalidInputException(String.valueOf(wrong.getMessage())
                    .replaceFirst("^\\[[A-Z_.]+] ", "")
                    .replaceFirst("\\s*SQLSTATE: \\w+", ""));
        }
        if (failure instanceof IllegalArgumentException || failure instanceof IllegalStateException) {
            return failure instanceof InvalidOptionsException
                    ? failure
                    : new InvalidInputException(withFlags(String.valueOf(failure.getMessage())));
        }
        return failure instanceof SparkException ? ofTask(failure) : failure;
    }

    /** A sentence with options of the command in place of setters. */
    private static String withFlags(String message) {
        return SETTER.matcher(message).replaceAll(setter -> {
            String name = setter.group(1);
            String words = name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
            String value = setter.group(2) == null ? "" : " " + setter.group(2);
            return Matcher.quoteReplacement("--" + FLAGS.getOrDefault(name, words) + value);
        });
    }

    /** What stopped a task, where that says enough. */
    private static Exception ofTask(Exception failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    || cause instanceof UncheckedIOException
                    || cause instanceof InvalidOptionsException
                    || cause instanceof TrainingDivergedException) {
                return (Exception) cause;
            }
        }
        Matcher told = TOLD.matcher(String.valueOf(failure.getMessage()));
        return told.find() ? new IOException(told.group(1), failure) : failure;
    }
}
