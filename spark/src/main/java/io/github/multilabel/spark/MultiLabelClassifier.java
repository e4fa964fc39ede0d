package io.github.multilabel.spark;

import io.github.multilabel.cli.program.ParentOption;
import io.github.multilabel.spark.internal.Columns;
import io.github.multilabel.spark.internal.ParamValues;
import io.github.multilabel.spark.internal.prediction.PredictionColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Trains one model with several heads on the images of a data frame, by the tasks of a cluster:
 *
 * <pre>{@code
 * MultiLabelClassificationModel model = new MultiLabelClassifier()
 *         .setLabelCols("brand", "type", "year")
 *         .setValidationIndicatorCol("validation")
 *         .setOptions("--backbone", "resnet34", "--fine-tune", "--epochs", "5")
 *         .setNumTasks(4)
 *         .setWorkFolder("hdfs:///jobs/cars")
 *         .fit(photos);
 * }</pre>
 *
 * <p>Each task is a {@code MultiLabelTrainer} on its share of the images. Every {@code averagingPeriod} steps, and at
 * the end of each epoch, the weights of all are averaged (local SGD, Stich 2019, arXiv 1805.09767) through files of the
 * work folder, which are checkpoints too: a task that is lost makes Spark start the stage again, and it goes on from
 * the last averaging. The same seed, rows, number of tasks and kind of machine give the same numbers on processors.
 */
public final class MultiLabelClassifier extends Estimator<MultiLabelClassificationModel>
        implements DefaultParamsWritable {

    private static final long serialVersionUID = 1L;

    private final String uid;
    private final Param<String> imageCol;
    private final Param<String> nameCol;
    private final StringArrayParam labelCols;
    private final Param<String> validationIndicatorCol;
    private final Param<String> outputPrefix;
    private final StringArrayParam parents;
    private final StringArrayParam options;
    private final IntParam numTasks;
    private final IntParam averagingPeriod;
    private final IntParam checkpointInterval;
    private final Param<String> workFolder;
    private final BooleanParam resume;
    private final BooleanParam overwrite;

    /** A classifier with the default settings. */
    public MultiLabelClassifier() {
        this(Identifiable$.MODULE$.randomUID("multilabel"));
    }

    /** A classifier with a name of its own among the stages of a pipeline. */
    public MultiLabelClassifier(String uid) {
        this.uid = uid; // before the parameters, which ask for it
        imageCol = new Param<>(
                this, "imageCol", "the column of images: their bytes, or a path or URI that every task can read");
        nameCol = new Param<>(this, "nameCol", "a column with names of the images, for messages; path if it is there");
        labelCols = new StringArrayParam(
                this,
                "labelCols",
                "the columns of labels, one for each head: a text, number or truth value, or an array of tags");
        validationIndicatorCol = new Param<>(
                this,
                "validationIndicatorCol",
                "a column that is true for images that do not train, by which the best epoch is chosen");
        outputPrefix = new Param<>(
                this, "outputPrefix", "what stands before the names of heads in columns of the model's predictions");
        parents =
                new StringArrayParam(this, "parents", "heads and those that they determine, such as model=brand,type");
        options = new StringArrayParam(this, "options", "options as multilabel train has them, each word by itself");
        numTasks = new IntParam(this, "numTasks", "how many tasks train; 0 for one on each executor");
        averagingPeriod =
                new IntParam(this, "averagingPeriod", "after how many steps of each task weights are averaged");
        checkpointInterval =
                new IntParam(this, "checkpointInterval", "after how many averages each task saves a checkpoint");
        workFolder = new Param<>(
                this,
                "workFolder",
                "a folder of a file system that all tasks reach, for shares, averages and checkpoints");
        resume = new BooleanParam(this, "resume", "whether to go on with a training that is in the work folder");
        overwrite = new BooleanParam(
                this, "overwrite", "whether to replace a training that is in the work folder, also one that is over");
        setDefault(imageCol, "content");
        setDefault(parents, new String[0]);
        setDefault(options, new String[0]);
        setDefault(numTasks, 0);
        setDefault(averagingPeriod, 32);
        setDefault(checkpointInterval, 1);
        setDefault(resume, false);
        setDefault(overwrite, false);
    }

    /** Reads one that was saved. */
    public static MLReader<MultiLabelClassifier> read() {
        return new DefaultParamsReader<>();
    }

    /** Loads one that was saved. */
    public static MultiLabelClassifier load(String path) {
        return read().load(path);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** The column of images. */
    public Param<String> imageCol() {
        return imageCol;
    }

    /** The column of names. */
    public Param<String> nameCol() {
        return nameCol;
    }

    /** The columns of labels. */
    public StringArrayParam labelCols() {
        return labelCols;
    }

    /** The column that says which images validate. */
    public Param<String> validationIndicatorCol() {
        return validationIndicatorCol;
    }

    /** What stands before the names of heads. */
    public Param<String> outputPrefix() {
        return outputPrefix;
    }

    /** Heads and those that they determine. */
    public StringArrayParam parents() {
        return parents;
    }

    /** Options as they are typed. */
    public StringArrayParam options() {
        return options;
    }

    /** How many tasks train. */
    public IntParam numTasks() {
        return numTasks;
    }

    /** After how many steps weights are averaged. */
    public IntParam averagingPeriod() {
        return averagingPeriod;
    }

    /** After how many averages checkpoints are saved. */
    public IntParam checkpointInterval() {
        return checkpointInterval;
    }

    /** Where tasks meet. */
    public Param<String> workFolder() {
        return workFolder;
    }

    /** Whether to go on. */
    public BooleanParam resume() {
        return resume;
    }

    /** Whether to replace. */
    public BooleanParam overwrite() {
        return overwrite;
    }

    /** Sets the column of images, bytes or a path or URI; {@code content} by default, as of {@code binaryFile}. */
    public MultiLabelClassifier setImageCol(String column) {
        set(imageCol, ParamValues.require(imageCol, column));
        return this;
    }

    /** Sets the column with names of images, for messages; {@code path} by default if it is there. */
    public MultiLabelClassifier setNameCol(String column) {
        set(nameCol, ParamValues.require(nameCol, column));
        return this;
    }

    /**
     * Sets the columns of labels, one for each head, which has its name: of texts, numbers or truth values for one
     * category per image, of arrays of texts for tags. Null, or an empty text, is a missing label; among tags it is
     * none.
     */
    public MultiLabelClassifier setLabelCols(String... columns) {
        set(labelCols, ParamValues.require(labelCols, columns));
        return this;
    }

    /**
     * Sets the column that is true for images that validate: by them the best epoch, calibration and thresholds are
     * chosen. Without it all images train, and the last epoch is kept.
     */
    public MultiLabelClassifier setValidationIndicatorCol(String column) {
        set(validationIndicatorCol, ParamValues.require(validationIndicatorCol, column));
        return this;
    }

    /**
     * Sets what stands before the names of heads in the columns of the model's predictions, such as {@code predicted_};
     * by default nothing, and the model predicts rows without labels. With it, stages of a {@code Pipeline} behind this
     * one find the columns of predictions.
     */
    public MultiLabelClassifier setOutputPrefix(String prefix) {
        set(outputPrefix, ParamValues.require(outputPrefix, prefix));
        return this;
    }

    /**
     * Sets which heads determine others, as {@code --parent} of {@code multilabel train} does:
     * {@code "model=brand,type"} where each model of a car is of one brand and of one type. Which is which the rows
     * say; none by default.
     */
    public MultiLabelClassifier setParents(String... determining) {
        set(parents, ParamValues.require(parents, determining));
        return this;
    }

    /**
     * Sets how it is trained, by the options of {@code multilabel train}, such as {@code "--backbone", "resnet34",
     * "--epochs", "5"}. {@code --batch-size} is that of each task. Weights that {@code --weights} names are read by the
     * driver and sent to the executors.
     */
    public MultiLabelClassifier setOptions(String... words) {
        set(options, ParamValues.require(options, words));
        return this;
    }

    /**
     * Sets how many tasks train, all at the same time; by default one for each executor that is there. Best is one for
     * each machine, with {@code spark.task.cpus} as many as it has. With N of them a {@code --learning-rate} N times as
     * high as on one machine fits, since an epoch has an Nth of the steps.
     */
    public MultiLabelClassifier setNumTasks(int tasks) {
        set(numTasks, (Object) tasks);
        return this;
    }

    /** Sets after how many steps of each task weights are averaged, at least 1; 32 by default, and after each epoch. */
    public MultiLabelClassifier setAveragingPeriod(int steps) {
        set(averagingPeriod, (Object) steps);
        return this;
    }

    /**
     * Sets after how many averages each task saves a checkpoint, at least 1, which is the default; they are saved after
     * each epoch anyway. A task that is lost costs what was learned since. With a period of few steps, saving each time
     * would take longer than learning.
     */
    public MultiLabelClassifier setCheckpointInterval(int averages) {
        set(checkpointInterval, (Object) averages);
        return this;
    }

    /**
     * Sets the folder where tasks meet, by a URI of a file system that all executors reach, such as
     * {@code hdfs:///jobs/cars} or {@code s3a://bucket/cars}. It takes a copy of the images (not of those that are
     * named by paths), and for each task about ten times the size of the weights. It has to be new or empty, or that of
     * a training before, which is gone on with or replaced if that is wished. When the training is over, only the
     * folder {@code result} in it stays. Without a cluster it may be left out.
     */
    public MultiLabelClassifier setWorkFolder(String uri) {
        set(workFolder, ParamValues.require(workFolder, uri));
        return this;
    }

    /** Goes on with the training that an earlier job left in the work folder, if there is one; off by default. */
    public MultiLabelClassifier setResume(boolean resume) {
        set(this.resume, (Object) resume);
        return this;
    }

    /** Replaces a training in the work folder, also one that is over; off by default: it is refused. */
    public MultiLabelClassifier setOverwrite(boolean overwrite) {
        set(this.overwrite, (Object) overwrite);
        return this;
    }

    @Override
    public MultiLabelClassifier copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /**
     * The columns with those of the model's predictions, if these have a prefix: without one they would have the names
     * of the labels.
     *
     * @throws IllegalArgumentException if a column is missing, of another type than it must be, or there already
     */
    @Override
    public StructType transformSchema(StructType schema) {
        requireColumns(schema);
        return given(outputPrefix)
                .map(prefix -> PredictionColumns.ofLabels(schema, List.of(getOrDefault(labelCols)), prefix)
                        .behind(schema))
                .orElse(schema);
    }

    /**
     * Trains.
     *
     * @param dataset rows with an image and labels
     * @return the model, which reads images from the same column
     * @throws IllegalArgumentException if a column is missing or of another type, an option cannot be used, or there
     *     are fewer images than tasks
     * @throws IllegalStateException if the work folder has a training that is neither resumed nor replaced, or files of
     *     others
     * @throws UncheckedIOException if the work folder cannot be written
     */
    @Override
    public MultiLabelClassificationModel fit(Dataset<?> dataset) {
        requireColumns(dataset.schema());
        try {
            MultiLabelClassificationModel model = new ClusterTraining(dataset, settings()).run();
            return copyValues(model, ParamMap.empty()).setParent(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private ClusterTraining.Settings settings() {
        return new ClusterTraining.Settings(
                getOrDefault(imageCol),
                given(nameCol),
                List.of(getOrDefault(labelCols)),
                given(validationIndicatorCol),
                Arrays.stream(getOrDefault(parents)).map(ParentOption::parse).toList(),
                List.of(getOrDefault(options)),
                (int) getOrDefault(numTasks),
                (int) getOrDefault(averagingPeriod),
                (int) getOrDefault(checkpointInterval),
                given(workFolder),
                (boolean) getOrDefault(resume),
                (boolean) getOrDefault(overwrite));
    }

    private <T> Optional<T> given(Param<T> param) {
        return isDefined(param) ? Optional.of(getOrDefault(param)) : Optional.empty();
    }

    private void requireColumns(StructType schema) {
        if (!isDefined(labelCols) || getOrDefault(labelCols).length == 0) {
            throw new IllegalArgumentException(
                    "labelCols is not set: name the columns of labels, such as setLabelCols(\"brand\", \"type\")");
        }
        require(schema, "imageCol", getOrDefault(imageCol), "binary or a text", BinaryType.class, StringType.class);
        given(nameCol).ifPresent(column -> require(schema, "nameCol", column, "a text", StringType.class));
        given(validationIndicatorCol)
                .ifPresent(column -> require(schema, "validationIndicatorCol", column, "boolean", BooleanType.class));
        for (String column : getOrDefault(labelCols)) {
            if (column.equals(getOrDefault(imageCol))) {
                throw new IllegalArgumentException("labelCols: '" + column + "' is the column of images; leave it out");
            }
            require(
                    schema,
                    "labelCols",
                    column,
                    "a text, a number, true or false, or an array of texts",
                    StringType.class,
                    NumericType.class,
                    BooleanType.class,
                    ArrayType.class);
        }
    }

    private static void require(StructType schema, String param, String column, String accepted, Class<?>... types) {
        DataType type = Columns.typeOf(schema, param, column);
        boolean isArrayOfOthers = type instanceof ArrayType array && !(array.elementType() instanceof StringType);
        if (isArrayOfOthers || Arrays.stream(types).noneMatch(each -> each.isInstance(type))) {
            throw new IllegalArgumentException(
                    param + ": the column '" + column + "' is " + type.simpleString() + ", and must be " + accepted);
        }
    }
}
