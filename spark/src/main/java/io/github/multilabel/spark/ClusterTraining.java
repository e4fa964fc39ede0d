package io.github.multilabel.spark;

import io.github.multilabel.cli.program.ParentOption;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.check.ParentHeads;
import io.github.multilabel.spark.internal.Columns;
import io.github.multilabel.spark.internal.training.FinalFailure;
import io.github.multilabel.spark.internal.training.LabelHeads;
import io.github.multilabel.spark.internal.training.ShareOptions;
import io.github.multilabel.spark.internal.training.ShareTraining;
import io.github.multilabel.spark.internal.training.ShareWriter;
import io.github.multilabel.spark.internal.training.Start;
import io.github.multilabel.spark.internal.training.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.FractionalType;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * A training on a cluster as the driver sees it: the rows are shared out into files, then one barrier stage trains,
 * then the model is fetched. Only names of categories, and the model, come to the driver.
 */
final class ClusterTraining {

    private static final Logger LOG = LoggerFactory.getLogger(MultiLabelClassifier.class);

    private final Dataset<?> dataset;
    private final Settings settings;
    private final JavaSparkContext spark;
    private final SerializableConfiguration configuration;

    /**
     * How to train, see the setters of {@link MultiLabelClassifier}.
     *
     * @param tasks 0 for one on each executor
     */
    record Settings(
            String imageCol,
            Optional<String> nameCol,
            List<String> labelCols,
            Optional<String> validationCol,
            List<ParentOption> parents,
            List<String> words,
            int tasks,
            int averagingPeriod,
            int checkpointInterval,
            Optional<String> workFolder,
            boolean isResumed,
            boolean isOverwritten) {}

    ClusterTraining(Dataset<?> dataset, Settings settings) {
        this.dataset = dataset;
        this.settings = settings;
        spark = JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
        configuration = new SerializableConfiguration(spark.hadoopConfiguration());
    }

    MultiLabelClassificationModel run() throws IOException {
        if (settings.averagingPeriod < 1) {
            throw new IllegalArgumentException("averagingPeriod " + settings.averagingPeriod + ": at least 1 step");
        }
        if (settings.checkpointInterval < 1) {
            throw new IllegalArgumentException(
                    "checkpointInterval " + settings.checkpointInterval + ": at least 1 average");
        }
        if (settings.tasks < 0) {
            throw new IllegalArgumentException(
                    "numTasks " + settings.tasks + ": at least 1, or 0 for one on each executor");
        }
        if (settings.workFolder.isPresent()) {
            return run(new WorkFolder(settings.workFolder.get()));
        }
        if (!spark.isLocal()) {
            throw new IllegalArgumentException(
                    "workFolder is not set: name a folder of a file system that all executors"
                            + " reach, such as setWorkFolder(\"hdfs:///jobs/cars\")");
        }
        Path local = Files.createTempDirectory("multilabel-training");
        try {
            return run(new WorkFolder(local.toUri().toString()));
        } finally {
            new WorkFolder(local.toUri().toString()).delete(spark.hadoopConfiguration());
        }
    }

    private MultiLabelClassificationModel run(WorkFolder work) throws IOException {
        FileSystem files = work.files(spark.hadoopConfiguration());
        int tasks = settings.tasks > 0 ? settings.tasks : executors();
        requireFixedExecutors(spark.getConf(), spark.isLocal());
        requireSlots(tasks);
        LabelHeads heads = heads();
        HeadSet named = heads.heads();
        try (ShareOptions options = ShareOptions.ofDriver(settings.words, spark.hadoopConfiguration())) {
            options.requireUsable(named);
            if (tasks > 1 && !options.hasLearningRate()) {
                LOG.info(
                        "the learning rate is the usual one of one machine; with {} tasks one that is {} times as high"
                                + " may learn more in as many epochs, see --learning-rate",
                        tasks,
                        tasks);
            }
            prepare(work, files, heads, tasks, options.start());
        }
        files.delete(work.rounds(), true); // of a driver before this one
        files.delete(work.failure(), true);
        LOG.info(
                "training {} with {} tasks, weights are averaged every {} steps, in {}",
                named.stream()
                        .map(head -> head.name() + " (" + head.size() + ")")
                        .collect(Collectors.joining(", ")),
                tasks,
                settings.averagingPeriod,
                work.uri());
        ShareTraining training = new ShareTraining(
                heads, work, settings.words, settings.averagingPeriod, settings.checkpointInterval, configuration);
        ClassTag<String> text = ClassTag$.MODULE$.apply(String.class);
        List<Integer> ranks = IntStream.range(0, tasks).boxed().toList();
        RDD<String> stage = spark.parallelize(ranks, tasks).rdd().barrier().mapPartitions(training, false, text);
        List<String> report;
        try {
            // A barrier stage that gives the result of a job is never started again, one before a shuffle is.
            List<String> answers = JavaRDD.fromRDD(stage, text).repartition(1).collect();
            report = answers.get(0).lines().toList();
        } catch (Exception e) { // Spark's own, of which Java does not know that they are thrown
            new FinalFailure(work, spark.hadoopConfiguration()).requireNone();
            throw e;
        }
        MultiLabelClassificationModel model =
                MultiLabelClassificationModel.ofHadoop(work.result().toString());
        work.clearExceptResult(files);
        report.forEach(LOG::info);
        return model.trained(report);
    }

    /** Brings all that tasks need into the work folder, unless an earlier job has. */
    private void prepare(WorkFolder work, FileSystem files, LabelHeads heads, int tasks, Optional<Start> start)
            throws IOException {
        String description = "tasks " + tasks + "\n" + heads;
        if (isResumed(work, files, description)) {
            LOG.info("going on with the training in {}", work.uri());
            return;
        }
        work.clear(files);
        try {
            if (start.isPresent()) {
                start.get().share(work, files);
            }
            share(work, heads, tasks);
        } catch (IOException | RuntimeException e) {
            work.clear(files); // shares of some tasks are of no use
            throw e;
        }
        work.describe(files, description);
    }

    /** Many clusters add and remove executors by default, which Spark refuses when the stage begins. */
    static void requireFixedExecutors(SparkConf conf, boolean isLocal) {
        if (!isLocal && conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
            throw new IllegalArgumentException("all tasks of a training run at the same time, which Spark does with a"
                    + " fixed number of executors alone: start this job with --conf"
                    + " spark.dynamicAllocation.enabled=false and, for example, --num-executors 4");
        }
    }

    /** All tasks run at the same time, or none does: Spark would wait ten minutes before it says so. */
    private void requireSlots(int tasks) {
        int slots = spark.sc().defaultParallelism();
        if (spark.isLocal() && tasks > slots) {
            throw new IllegalArgumentException(tasks + " tasks train at the same time, and this session runs " + slots
                    + ": take fewer tasks by setNumTasks, or the master local[" + tasks + "]");
        }
    }

    /** The executors that are there; in a local session the driver is the only one. */
    private int executors() {
        return Math.max(1, spark.sc().statusTracker().getExecutorInfos().length - 1);
    }

    /** The categories of each head, sorted by their characters. */
    private LabelHeads heads() {
        List<Column> found = new ArrayList<>();
        List<Boolean> tags = new ArrayList<>();
        for (String column : settings.labelCols) {
            boolean isTags = isTags(column);
            tags.add(isTags);
            Column set = functions.collect_set(label(column));
            found.add(isTags ? functions.array_distinct(functions.flatten(set)) : set);
        }
        Column images = functions.count(Columns.named(settings.imageCol));
        Row all = dataset.agg(
                        functions.count(functions.lit(1)),
                        Stream.concat(Stream.of(images), found.stream()).toArray(Column[]::new))
                .first();
        tellOfMissing(all.getLong(0), all.getLong(1));
        List<List<String>> categories = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            List<String> sorted = new ArrayList<>(all.<String>getList(2 + i));
            Collections.sort(sorted);
            categories.add(sorted);
        }
        LabelHeads alone = new LabelHeads(settings.labelCols, categories, tags, List.of());
        HeadSet known = alone.heads();
        List<LabelHeads.Determined> parents = new ArrayList<>();
        for (ParentOption each : settings.parents) {
            each.parents().forEach(parent -> parents.add(determined(known, each.child(), parent)));
        }
        return new LabelHeads(settings.labelCols, categories, tags, parents);
    }

    private void tellOfMissing(long rows, long images) {
        if (images == 0) {
            throw new IllegalArgumentException("there is nothing to learn from: the data frame has " + rows
                    + " rows, none with an image in '" + settings.imageCol + "'");
        }
        if (images < rows) {
            LOG.warn("{} of {} rows are left out: '{}' is null there", rows - images, rows, settings.imageCol);
        }
    }

    /** What the rows say of a head that determines another: how often they have a category of one with one of other. */
    private LabelHeads.Determined determined(HeadSet known, String child, String parent) {
        for (String name : List.of(child, parent)) {
            if (!known.names().contains(name)) {
                throw new IllegalArgumentException("parents: no head '" + name + "' for " + child + "=" + parent + "; "
                        + NearMatches.thereAre(name, known.names()));
            }
            if (isTags(name)) {
                throw new IllegalArgumentException("parents: '" + name + "' of " + child + "=" + parent
                        + " has tags: only a head with one category for an image determines others or is determined");
            }
        }
        Head finer = known.get(child);
        Head coarser = known.get(parent);
        long[][] counts = new long[finer.size()][coarser.size()];
        List<Row> pairs = dataset.select(label(child).as("child"), label(parent).as("parent"))
                .where("child is not null and parent is not null")
                .groupBy("child", "parent")
                .count()
                .collectAsList();
        for (Row pair : pairs) {
            counts[finer.indexOf(pair.getString(0))][coarser.indexOf(pair.getString(1))] = pair.getLong(2);
        }
        Map<String, String> parentOf = ParentHeads.parentOf(finer, coarser, counts);
        if (parentOf.isEmpty()) {
            throw new IllegalArgumentException("parents: '" + child + "' does not determine '" + parent
                    + "': there is no category of '" + child + "' whose rows have one category of '" + parent + "'");
        }
        return new LabelHeads.Determined(child, parent, parentOf);
    }

    private boolean isTags(String column) {
        return dataset.schema().apply(column).dataType() instanceof ArrayType;
    }

    /** Null where there is no label; nulls and empty texts among tags are none. */
    private Column label(String column) {
        Column value = Columns.named(column);
        if (isTags(column)) {
            return functions.array_distinct(
                    functions.filter(functions.transform(value, tag -> functions.trim(tag)), tag -> tag.isNotNull()
                            .and(tag.notEqual(""))));
        }
        Column text = functions.trim(text(value, dataset.schema().apply(column).dataType()));
        return functions.when(text.notEqual(""), text);
    }

    /** Whole numbers without a point: a column of years has become one of floating point where some are missing. */
    private static Column text(Column value, DataType type) {
        Column text = value.cast("string");
        Column whole = value.cast("long");
        return type instanceof FractionalType
                ? functions.when(value.equalTo(whole), whole.cast("string")).otherwise(text)
                : text;
    }

    private boolean isResumed(WorkFolder work, FileSystem files, String description) throws IOException {
        work.claim(files);
        if (settings.isOverwritten) {
            return false;
        }
        Optional<String> before = work.described(files);
        if (before.isEmpty()) {
            if (files.exists(work.result())) {
                throw new IllegalStateException("the training in '" + work.uri() + "' is over, its model is in '"
                        + work.result() + "': replace it by setOverwrite(true), or name another folder");
            }
            return false;
        }
        if (!settings.isResumed) {
            throw new IllegalStateException("'" + work.uri() + "' has a training that is not over: go on with it by"
                    + " setResume(true), replace it by setOverwrite(true), or name another folder");
        }
        if (!before.get().equals(description)) {
            throw new IllegalStateException("the training in '" + work.uri() + "' is another one: it has "
                    + Excerpt.of(before.get()) + ", and this one " + Excerpt.of(description)
                    + ". Replace it by setOverwrite(true), or name another folder");
        }
        return true;
    }

    /** Writes the rows into files, a share for each task. */
    private void share(WorkFolder work, LabelHeads heads, int tasks) throws IOException {
        List<Column> columns = new ArrayList<>();
        columns.add(Columns.named(settings.imageCol).as("image"));
        columns.add(name().as("name"));
        settings.labelCols.forEach(column -> columns.add(label(column).as("label." + columns.size())));
        Column validates = settings.validationCol
                .map(column -> functions.coalesce(Columns.named(column), functions.lit(false)))
                .orElse(functions.lit(false));
        Column hasImage = Columns.named(settings.imageCol).isNotNull();
        for (Split part : List.of(Split.TRAIN, Split.VALIDATION)) {
            Dataset<Row> rows = dataset.where(hasImage)
                    .where(part == Split.VALIDATION ? validates : functions.not(validates))
                    .select(columns.toArray(Column[]::new));
            requireEnough(part, new ShareWriter(heads, work, part, configuration).share(rows, tasks));
        }
    }

    /**
     * Batch norm needs two images, and a task that has none to evaluate cannot tell a metric.
     *
     * @param counts how many images each task has
     */
    private void requireEnough(Split part, List<Long> counts) {
        long images = counts.stream().mapToLong(Long::longValue).sum();
        long fewest = Collections.min(counts);
        boolean isTraining = part == Split.TRAIN;
        if (isTraining && images == 0) {
            throw new IllegalArgumentException("there are no images to learn from: "
                    + settings.validationCol
                            .map(column -> "the column '" + column + "' is true for all that have an image")
                            .orElse("the data frame has none"));
        }
        if (isTraining ? fewest < 2 : images > 0 && fewest < 1) {
            throw new IllegalArgumentException("there are " + images + " images with labels to "
                    + (isTraining ? "learn from" : "validate by") + " for " + counts.size()
                    + " tasks, and one would have " + fewest + ": take fewer tasks by setNumTasks, or more images");
        }
    }

    private Column name() {
        List<String> columns = List.of(dataset.schema().fieldNames());
        return settings.nameCol
                .or(() -> Optional.of("path").filter(columns::contains))
                .map(column -> Columns.named(column).cast("string"))
                .orElse(functions.concat(
                        functions.lit("row "),
                        functions.monotonically_increasing_id().cast("string")));
    }
}
