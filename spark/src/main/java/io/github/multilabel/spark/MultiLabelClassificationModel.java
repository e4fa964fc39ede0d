package io.github.multilabel.spark;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.onnx.EnginePredictor;
import io.github.multilabel.spark.internal.Columns;
import io.github.multilabel.spark.internal.ModelFiles;
import io.github.multilabel.spark.internal.ParamValues;
import io.github.multilabel.spark.internal.prediction.PartitionPrediction;
import io.github.multilabel.spark.internal.prediction.PredictionColumns;
import io.github.multilabel.spark.internal.prediction.PredictionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A trained model that predicts the images of a data frame, on whatever executors there are:
 *
 * <pre>{@code
 * Dataset<Row> photos = spark.read().format("binaryFile").load("hdfs:///cars/photos");
 * Dataset<Row> answers = MultiLabelClassificationModel.of(Path.of("runs/cars/model")).transform(photos);
 * answers.select("path", "brand.category", "brand.probability", "problem").show();
 * }</pre>
 *
 * <p>Each row comes back with a column for each head: a struct of {@code category} (null where the answer is unknown),
 * {@code probability} and {@code unknown}; of tags an array of structs of {@code category} and {@code probability}. If
 * the model tells more, there are {@code sure}, an array of {@code head}, {@code category} and {@code probability}, the
 * most specific head first; {@code combination}, a struct of {@code categories} (with a field for each head),
 * {@code probability} and {@code unusual}; and {@code distance}, a struct of {@code value} and {@code unusual}, see
 * {@code Prediction}. A row whose image cannot be used has nulls there, and the reason in the column {@code problem};
 * it stops no other.
 *
 * <p>Executors get the model once each, by a broadcast, and all tasks of one share it. Answers are those of
 * {@code EnginePredictor} on one machine. As all of Spark ML's, for one thread until it is set up.
 */
public final class MultiLabelClassificationModel extends Model<MultiLabelClassificationModel> implements MLWritable {

    private static final long serialVersionUID = 1L;
    private static final int LARGEST_BATCH = 1024;
    private static final long USUAL_PIXELS = 50_000_000;

    private final String uid;
    private final Param<String> imageCol;
    private final Param<String> nameCol;
    private final StringArrayParam heads;
    private final Param<String> outputPrefix;
    private final BooleanParam allProbabilities;
    private final Param<String> embeddingCol;
    private final Param<String> problemCol;
    private final IntParam batchSize;
    private final Param<String> engine;
    private final Param<String> precision;
    private final IntParam threads;
    private final LongParam pixelLimit;

    /** Null between the constructor and the files. */
    private transient ModelFiles.@Nullable Described model;

    /** Empty if it was not trained by this session. */
    private transient List<String> report = List.of();

    /** Of {@link #sentBy}. */
    private transient @Nullable Broadcast<ModelFiles> sent;

    private transient @Nullable SparkContext sentBy;

    /** For Spark ML, which reads the parameters of a saved one; {@link #load} gives it its model. */
    public MultiLabelClassificationModel(String uid) {
        this.uid = uid; // before the parameters, which ask for it
        imageCol = new Param<>(this, "imageCol", "the column of images: their bytes, or a path or URI");
        nameCol = new Param<>(this, "nameCol", "a column with names of the images, for messages; path if it is there");
        heads = new StringArrayParam(this, "heads", "the heads that get a column; all if none is named");
        outputPrefix = new Param<>(this, "outputPrefix", "what stands before the names of heads in those of columns");
        allProbabilities =
                new BooleanParam(this, "allProbabilities", "whether each head also has a column HEAD_probabilities");
        embeddingCol = new Param<>(this, "embeddingCol", "a column for what the backbone finds in each image");
        problemCol = new Param<>(this, "problemCol", "the column that says why an image has no prediction");
        batchSize = new IntParam(this, "batchSize", "how many images are computed at once");
        engine = new Param<>(this, "engine", "who computes: pytorch, onnxruntime, openvino or auto");
        precision = new Param<>(this, "precision", "the data type of convolutions");
        threads =
                new IntParam(this, "threads", "how many cores of an executor are used; 0 for all that Spark has there");
        pixelLimit = new LongParam(this, "pixelLimit", "the largest height times width of an image");
        setDefault(imageCol, "content");
        setDefault(heads, new String[0]);
        setDefault(outputPrefix, "");
        setDefault(allProbabilities, false);
        setDefault(problemCol, PredictionColumns.PROBLEM);
        setDefault(batchSize, 16);
        setDefault(precision, "float32");
        setDefault(threads, 0);
        setDefault(pixelLimit, USUAL_PIXELS);
    }

    private MultiLabelClassificationModel(ModelFiles.Described model) {
        this(Identifiable$.MODULE$.randomUID("multilabelModel"));
        this.model = model;
    }

    /**
     * A model of this machine.
     *
     * @param place the folder of a saved model, or a file that {@code multilabel export} wrote
     * @throws UncheckedIOException if it cannot be read, is damaged, or is neither
     */
    public static MultiLabelClassificationModel of(Path place) {
        Given.require(place, "place", "e.g. Path.of(\"runs/cars/model\")");
        try {
            return new MultiLabelClassificationModel(ModelFiles.read(place));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * A model in any of Hadoop's file systems, read by the driver.
     *
     * @param uri of the folder of a saved model, also of one that {@link #write} saved, or of an exported file
     * @throws UncheckedIOException if it cannot be read, is damaged, or is none of them
     */
    public static MultiLabelClassificationModel ofHadoop(String uri) {
        Given.require(uri, "uri", "e.g. \"hdfs:///models/cars\"");
        return new MultiLabelClassificationModel(described(new org.apache.hadoop.fs.Path(uri), hadoop()));
    }

    private static ModelFiles.Described described(org.apache.hadoop.fs.Path place, Configuration hadoop) {
        try {
            return ModelFiles.read(place, hadoop);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static Configuration hadoop() {
        return SparkSession.active().sparkContext().hadoopConfiguration();
    }

    /** Reads one that {@link #write} saved. */
    public static MLReader<MultiLabelClassificationModel> read() {
        return new MLReader<>() {
            @Override
            public MultiLabelClassificationModel load(String path) {
                if (ModelFiles.isModelAlone(new org.apache.hadoop.fs.Path(path), hadoop())) {
                    throw new IllegalArgumentException(
                            "'" + path + "' has a model without parameters of Spark ML: read it by"
                                    + " MultiLabelClassificationModel.ofHadoop(path)");
                }
                MultiLabelClassificationModel loaded =
                        new DefaultParamsReader<MultiLabelClassificationModel>().load(path);
                loaded.model = described(new org.apache.hadoop.fs.Path(path, ModelFiles.MODEL), hadoop());
                return loaded;
            }
        };
    }

    /** Loads one that {@link #write} saved. */
    public static MultiLabelClassificationModel load(String path) {
        return read().load(path);
    }

    /**
     * Saves parameters and model. The folder {@code model} in it is that of a saved model, or has an exported file, as
     * all other parts of this library read them.
     */
    @Override
    public MLWriter write() {
        ModelFiles files = model().files();
        return new MLWriter() {
            @Override
            public void saveImpl(String path) {
                new DefaultParamsWriter(MultiLabelClassificationModel.this).saveImpl(path);
                try {
                    files.write(new org.apache.hadoop.fs.Path(path, ModelFiles.MODEL), hadoop());
                } catch (IOException e) {
                    throw new UncheckedIOException(e.getMessage(), e);
                }
            }
        };
    }

    private ModelFiles.Described model() {
        if (model == null) {
            throw new IllegalStateException(
                    "this has no model: make it by MultiLabelClassificationModel.of(folder), or" + " by load(path)");
        }
        return model;
    }

    /** The same with what is to be told of its training. */
    MultiLabelClassificationModel trained(List<String> report) {
        this.report = List.copyOf(report);
        return this;
    }

    /**
     * What the training that {@code fit} has just done came to, a line each: the epoch whose weights these are with its
     * losses and accuracies, and how the heads answer. More is in {@code result/} of the work folder. Empty of a model
     * that was read from files.
     */
    public List<String> trainingReport() {
        return report;
    }

    /** The heads of the model, with their categories. */
    public HeadSet modelHeads() {
        return model().answers().heads();
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

    /** The heads that get a column. */
    public StringArrayParam heads() {
        return heads;
    }

    /** What stands before the names of heads. */
    public Param<String> outputPrefix() {
        return outputPrefix;
    }

    /** Whether all probabilities are given. */
    public BooleanParam allProbabilities() {
        return allProbabilities;
    }

    /** The column of embeddings. */
    public Param<String> embeddingCol() {
        return embeddingCol;
    }

    /** The column of problems. */
    public Param<String> problemCol() {
        return problemCol;
    }

    /** How many images are computed at once. */
    public IntParam batchSize() {
        return batchSize;
    }

    /** Who computes. */
    public Param<String> engine() {
        return engine;
    }

    /** The data type of convolutions. */
    public Param<String> precision() {
        return precision;
    }

    /** How many cores are used. */
    public IntParam threads() {
        return threads;
    }

    /** The largest image. */
    public LongParam pixelLimit() {
        return pixelLimit;
    }

    /** Sets the column of images, bytes or a path or URI; {@code content} by default, as of {@code binaryFile}. */
    public MultiLabelClassificationModel setImageCol(String column) {
        set(imageCol, ParamValues.require(imageCol, column));
        return this;
    }

    /** Sets the column with names of images, for messages; {@code path} by default if it is there. */
    public MultiLabelClassificationModel setNameCol(String column) {
        set(nameCol, ParamValues.require(nameCol, column));
        return this;
    }

    /** Sets which heads get a column; all by default. */
    public MultiLabelClassificationModel setHeads(String... names) {
        set(heads, ParamValues.require(heads, names));
        return this;
    }

    /**
     * Sets what stands before the names of heads in those of columns, such as {@code predicted_}; nothing by default.
     */
    public MultiLabelClassificationModel setOutputPrefix(String prefix) {
        set(outputPrefix, ParamValues.require(outputPrefix, prefix));
        return this;
    }

    /**
     * Gives each head another column {@code HEAD_probabilities}, an array of structs of {@code category} and
     * {@code probability} in the order of the head's categories; off by default.
     */
    public MultiLabelClassificationModel setAllProbabilities(boolean all) {
        set(allProbabilities, (Object) all);
        return this;
    }

    /**
     * Names a column for what the backbone finds in each image, an array of floats as Parquet keeps it in the fewest
     * bytes; none by default. Images are read and computed once more for it, by PyTorch.
     */
    public MultiLabelClassificationModel setEmbeddingCol(String column) {
        set(embeddingCol, ParamValues.require(embeddingCol, column));
        return this;
    }

    /** Sets the column that says why an image has no prediction, null of all others; {@code problem} by default. */
    public MultiLabelClassificationModel setProblemCol(String column) {
        set(problemCol, ParamValues.require(problemCol, column));
        return this;
    }

    /** Sets how many images are computed at once, 1 to 1024; 16 by default. */
    public MultiLabelClassificationModel setBatchSize(int images) {
        set(batchSize, (Object) images);
        return this;
    }

    /**
     * Sets who computes: {@code pytorch} by default of a saved model, {@code onnxruntime} of an exported file;
     * {@code auto} measures on each executor which is fastest there.
     */
    public MultiLabelClassificationModel setEngine(String name) {
        set(engine, ParamValues.require(engine, name));
        return this;
    }

    /** Sets the data type of convolutions: {@code float32} (the default), {@code bfloat16}, {@code float16}, auto. */
    public MultiLabelClassificationModel setPrecision(String name) {
        set(precision, ParamValues.require(precision, name));
        return this;
    }

    /** Sets how many cores of an executor are used; 0, the default, for all that Spark has there. */
    public MultiLabelClassificationModel setThreads(int cores) {
        set(threads, (Object) cores);
        return this;
    }

    /** Sets the largest height times width of an image; 50,000,000 by default. */
    public MultiLabelClassificationModel setPixelLimit(long pixels) {
        set(pixelLimit, (Object) pixels);
        return this;
    }

    @Override
    public MultiLabelClassificationModel copy(ParamMap extra) {
        MultiLabelClassificationModel copy = new MultiLabelClassificationModel(uid);
        copy.model = model;
        copy.report = report;
        copyValues(copy, extra);
        return copy.setParent(parent());
    }

    /**
     * The columns that {@link #transform} gives.
     *
     * @throws IllegalArgumentException if a column is missing, of another type, or there already, or a parameter is
     *     outside its range
     */
    @Override
    public StructType transformSchema(StructType schema) {
        requireInput(schema);
        settings();
        return columns().behind(schema);
    }

    private void requireInput(StructType schema) {
        String column = getOrDefault(imageCol);
        DataType type = Columns.typeOf(schema, "imageCol", column);
        if (!(type instanceof BinaryType || type instanceof StringType)) {
            throw new IllegalArgumentException("imageCol: the column '" + column + "' is " + type.simpleString()
                    + ", and must be binary, the bytes of images, or string, their paths");
        }
        if (isDefined(nameCol)) {
            DataType ofNames = Columns.typeOf(schema, "nameCol", getOrDefault(nameCol));
            if (!(ofNames instanceof StringType)) {
                throw new IllegalArgumentException("nameCol: the column '" + getOrDefault(nameCol) + "' is "
                        + ofNames.simpleString() + ", and must be string");
            }
        }
    }

    private PredictionColumns columns() {
        HeadSet known = modelHeads();
        List<String> wanted = List.of(getOrDefault(heads));
        for (String head : wanted) {
            if (!known.names().contains(head)) {
                throw new IllegalArgumentException(
                        "heads: the model has no head '" + head + "'; " + NearMatches.thereAre(head, known.names()));
            }
        }
        String embedding = isDefined(embeddingCol) ? getOrDefault(embeddingCol) : "";
        if (!embedding.isEmpty() && model().files().isFile()) {
            throw new IllegalArgumentException(
                    "embeddingCol: an exported file gives no embeddings; take the folder that" + " the training saved");
        }
        return new PredictionColumns(
                PredictionColumns.answers(known, wanted),
                PredictionColumns.Beyond.of(model().answers()),
                getOrDefault(outputPrefix),
                (boolean) getOrDefault(allProbabilities),
                embedding,
                getOrDefault(problemCol));
    }

    private PredictionSettings settings() {
        int images = (int) getOrDefault(batchSize);
        if (images < 1 || images > LARGEST_BATCH) {
            throw new IllegalArgumentException("batchSize " + images + ": 1 to " + LARGEST_BATCH);
        }
        if ((int) getOrDefault(threads) < 0) {
            throw new IllegalArgumentException("threads " + getOrDefault(threads) + ": at least 1, or 0 for all cores");
        }
        if ((long) getOrDefault(pixelLimit) < 1) {
            throw new IllegalArgumentException("pixelLimit " + getOrDefault(pixelLimit) + ": at least 1");
        }
        return new PredictionSettings(
                isDefined(engine) ? known(getOrDefault(engine)) : null,
                type(getOrDefault(precision)),
                images,
                (int) getOrDefault(threads),
                (long) getOrDefault(pixelLimit),
                isDefined(embeddingCol) && !getOrDefault(embeddingCol).isEmpty());
    }

    private static String known(String engine) {
        List<String> engines = EnginePredictor.engines();
        if (!engines.contains(engine.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "engine: there is no '" + engine + "'; " + NearMatches.thereAre(engine, engines));
        }
        return engine;
    }

    private static Precision type(String name) {
        return Arrays.stream(Precision.values())
                .filter(each -> each.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("precision '" + name + "': one of "
                        + Arrays.toString(Precision.values()).toLowerCase(Locale.ROOT)));
    }

    /**
     * Predicts.
     *
     * @param dataset rows with an image
     * @return the same rows with the columns of predictions behind their own; nothing is computed yet
     * @throws IllegalArgumentException see {@link #transformSchema}
     */
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = transformSchema(dataset.schema());
        List<String> names = List.of(dataset.schema().fieldNames());
        Optional<String> named = isDefined(nameCol)
                ? Optional.of(getOrDefault(nameCol))
                : Optional.of("path").filter(names::contains);
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
        PartitionPrediction prediction = new PartitionPrediction(
                sent(spark),
                settings(),
                columns(),
                names.indexOf(getOrDefault(imageCol)),
                named.map(names::indexOf).orElse(-1),
                new SerializableConfiguration(spark.hadoopConfiguration()));
        return dataset.toDF().mapPartitions(prediction, Encoders.row(schema));
    }

    /** The files on their way to executors, once for all data frames of a session. */
    private synchronized Broadcast<ModelFiles> sent(JavaSparkContext spark) {
        Broadcast<ModelFiles> before = sent;
        if (before == null || sentBy != spark.sc()) {
            before = spark.broadcast(model().files());
            sent = before;
            sentBy = spark.sc();
        }
        return before;
    }

    /** The name with the heads. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        if (model != null) {
            for (Head head : modelHeads()) {
                names.add(head.name());
            }
        }
        return "MultiLabelClassificationModel(" + uid + ", heads " + names + ")";
    }
}
