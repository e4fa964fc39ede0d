package io.github.multilabel.spark.command;

import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.PhotoOptions;
import io.github.multilabel.cli.program.TrainingOptions;
import io.github.multilabel.data.Split;
import io.github.multilabel.spark.MultiLabelClassificationModel;
import io.github.multilabel.spark.MultiLabelClassifier;
import io.github.multilabel.spark.internal.Columns;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains on a cluster. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains one model with several heads on the images of a table, by tasks of a cluster.",
            "Options of the model and of training are those of multilabel train; --batch-size is that of each task."
        },
        footer =
                "  spark-submit --class io.github.multilabel.spark.command.MultilabelSpark multilabel-spark-cluster.jar"
                        + " train --table hdfs:///cars/labels.parquet --images hdfs:///cars/photos --head brand,type,year"
                        + " --tasks 4 --work-folder hdfs:///jobs/cars --output hdfs:///models/cars --fine-tune")
final class TrainCommand implements Callable<Integer> {

    private static final String MULTI = ":multi=";
    private static final int PARTS = 10_000;
    /** A column of the command. */
    private static final String VALIDATES = "multilabel validates";
    /** Options of training that say what becomes of the work folder. */
    private static final List<String> OF_THE_JOB = List.of("--resume", "--overwrite");

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    @Mixin
    private final RowOptions rows = new RowOptions();

    @Option(
            names = "--head",
            required = true,
            split = "(?<!:multi=)\\s*,\\s*",
            splitSynopsisLabel = ",",
            paramLabel = "COLUMN",
            description = "A column of labels, or several; tags:multi=| is one of tags with | between them, and one of"
                    + " arrays has tags anyway.")
    private List<String> heads = List.of();

    @Option(
            names = "--parent",
            paramLabel = "HEAD=PARENT[,PARENT...]",
            description = "A head and those that it determines, such as model=brand,type: rows with the coarser label"
                    + " alone teach the finer head, and the heads answer together (default: none; multilabel train"
                    + " looks for them).")
    private List<String> parents = List.of();

    @Option(
            names = "--validation",
            paramLabel = "FRACTION",
            description = "The share of the rows that validates, the same rows for the same seed (default:"
                    + " ${DEFAULT-VALUE}).")
    private double validation = 0.2;

    @Option(
            names = "--split-column",
            paramLabel = "NAME",
            description = "A column that is train for rows that train, and validation for those that validate, in place"
                    + " of --validation; other rows are left out.")
    private Optional<String> splitColumn = Optional.empty();

    @Option(
            names = "--tasks",
            paramLabel = "N",
            description = "How many tasks train at the same time (default: one on each executor). With N of them a"
                    + " --learning-rate N times as high as on one machine fits.")
    private int tasks;

    @Option(
            names = "--averaging-period",
            paramLabel = "STEPS",
            description = "After how many steps of each task the weights of all are averaged (default:"
                    + " ${DEFAULT-VALUE}).")
    private int averagingPeriod = 32;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "AVERAGES",
            description = "After how many averages each task saves a checkpoint (default: ${DEFAULT-VALUE}).")
    private int checkpointInterval = 1;

    @Option(
            names = "--work-folder",
            paramLabel = "URI",
            description =
                    "A folder that all executors reach, for shares, averages and checkpoints (default: a temporary"
                            + " one, on this machine alone).")
    private Optional<String> workFolder = Optional.empty();

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(
            names = "--output",
            required = true,
            paramLabel = "URI",
            description = "Where the model goes, as predict and Spark ML read it.")
    private String output;

    @Mixin
    private final PhotoOptions photos = new PhotoOptions();

    @Mixin
    private final TrainingOptions training = new TrainingOptions();

    @Override
    public Integer call() throws Exception {
        if (!(validation > 0 && validation < 1)) {
            throw new InvalidInputException("--validation " + validation + ": above 0 and below 1");
        }
        return Session.run("train", this::train);
    }

    private int train(SparkSession spark) throws IOException {
        boolean isReplaced = isTyped("--overwrite");
        requireFree(spark, isReplaced);
        Dataset<Row> read = rows.read(spark);
        String image = rows.imageColumn(read);
        List<String> names = new ArrayList<>();
        Dataset<Row> labelled = read;
        for (String head : heads) {
            String name = head.contains(MULTI) ? head.substring(0, head.indexOf(MULTI)) : head;
            Columns.typeOf(read.schema(), "--head", name);
            if (head.contains(MULTI)) {
                labelled = labelled.withColumn(name, tags(name, head.substring(head.indexOf(MULTI) + MULTI.length())));
            }
            names.add(name);
        }
        Column validates = splitColumn.map(column -> split(column, read)).orElseGet(() -> drawn(image));
        labelled = labelled.withColumn(VALIDATES, validates)
                .where(functions.col(VALIDATES).isNotNull());
        MultiLabelClassifier classifier = new MultiLabelClassifier()
                .setImageCol(image)
                .setLabelCols(names.toArray(String[]::new))
                .setValidationIndicatorCol(VALIDATES)
                .setParents(parents.toArray(String[]::new))
                .setNumTasks(tasks)
                .setAveragingPeriod(averagingPeriod)
                .setCheckpointInterval(checkpointInterval)
                .setResume(isTyped("--resume"))
                .setOverwrite(isReplaced)
                .setOptions(words().toArray(String[]::new));
        workFolder.ifPresent(classifier::setWorkFolder);
        MultiLabelClassificationModel trained = classifier.fit(labelled);
        MLWriter writer = trained.write();
        (isReplaced ? writer.overwrite() : writer).save(output);
        trained.trainingReport().forEach(System.out::println);
        System.out.println("the model is in " + output);
        return 0;
    }

    /** Before a training that takes long: whether its model can go where it is to. */
    private void requireFree(SparkSession spark, boolean isReplaced) throws IOException {
        Path place = new Path(output);
        FileSystem files = place.getFileSystem(spark.sparkContext().hadoopConfiguration());
        if (files.exists(place)) {
            if (!isReplaced) {
                throw new InvalidInputException(
                        "--output " + output + " is there already: name another place, or replace"
                                + " it and the work folder by --overwrite");
            }
        } else if (files.mkdirs(place)) {
            files.delete(place, false);
        } else {
            throw new IOException("--output " + output + ": this folder cannot be made; name another place");
        }
    }

    private boolean isTyped(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** The options of model and training as they were typed. */
    private List<String> words() {
        List<String> words = new ArrayList<>();
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (OF_THE_JOB.contains(option.longestName()) || isOwn(option)) {
                continue;
            }
            if (option.arity().max() == 0) {
                words.add(option.longestName());
            } else {
                option.originalStringValues().forEach(value -> words.addAll(List.of(option.longestName(), value)));
            }
        }
        return words;
    }

    /** Whether an option is a field of this class, or of the rows. */
    private static boolean isOwn(OptionSpec option) {
        return option.userObject() instanceof Field field
                && List.of(TrainCommand.class, RowOptions.class).contains(field.getDeclaringClass());
    }

    /** Null stays null, a missing label; an empty text has no tags. */
    private static Column tags(String column, String separator) {
        Column parts = functions.split(Columns.named(column), Pattern.quote(separator));
        return functions.filter(parts, tag -> tag.notEqual(""));
    }

    /** True for rows that validate, null for those that are left out. */
    private static Column split(String column, Dataset<Row> rows) {
        Columns.typeOf(rows.schema(), "--split-column", column);
        Column part = functions.lower(Columns.named(column));
        return functions
                .when(part.equalTo(Split.VALIDATION.part()), true)
                .when(part.equalTo(Split.TRAIN.part()), false);
    }

    /** True for the share of the rows that validates: which ones follows from the image and the seed. */
    private Column drawn(String image) {
        Column number = functions.xxhash64(Columns.named(image), functions.lit(training.seed()));
        return functions.pmod(number, functions.lit(PARTS)).lt((int) Math.round(validation * PARTS));
    }
}
