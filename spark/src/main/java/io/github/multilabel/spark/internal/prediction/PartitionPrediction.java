package io.github.multilabel.spark.internal.prediction;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.DecodingPool;
import io.github.multilabel.model.embedding.EmbeddingResult;
import io.github.multilabel.model.prediction.PredictionResult;
import io.github.multilabel.spark.internal.ExecutorCores;
import io.github.multilabel.spark.internal.HadoopImage;
import io.github.multilabel.spark.internal.ModelFiles;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Predicts the rows of a partition, some batches ahead: while the model computes one, the images of the next are read
 * and decoded. Never more than a few batches of rows are in memory.
 *
 * @param model sent to each executor once
 * @param image the column of images, bytes or a path
 * @param name the column of names for messages; -1 for none
 */
public record PartitionPrediction(
        Broadcast<ModelFiles> model,
        PredictionSettings settings,
        PredictionColumns columns,
        int image,
        int name,
        SerializableConfiguration configuration)
        implements MapPartitionsFunction<Row, Row>, Serializable {

    /** Of this process. */
    private static final SharedModels<Key, ExecutorModel> MODELS = new SharedModels<>();

    /** What tells models apart. */
    private record Key(String digest, PredictionSettings settings, ExecutorCores cores, Optional<Integer> gpu) {}

    @Override
    public Iterator<Row> call(Iterator<Row> rows) throws Exception {
        if (!rows.hasNext()) {
            return rows; // no model for nothing
        }
        TaskContext context = TaskContext.get();
        ExecutorCores cores = ExecutorCores.of(SparkEnv.get().conf(), context.cpus(), settings.threads());
        Optional<Integer> gpu = gpu(context);
        ModelFiles files = model.value();
        SharedModels.Lease<ExecutorModel> lease = MODELS.lease(
                new Key(files.digest(), settings, cores, gpu),
                () -> files.unpacked(place -> ExecutorModel.load(place, settings, cores, gpu)));
        Predicted predicted = new Predicted(rows, lease.model());
        context.addTaskCompletionListener(ended -> {
            predicted.cancel();
            lease.close();
        });
        return predicted;
    }

    /** The number of the first GPU that Spark gave the task. */
    private static Optional<Integer> gpu(TaskContext context) {
        Map<String, ResourceInformation> resources = context.resourcesJMap();
        return Optional.ofNullable(resources.get("gpu"))
                .map(ResourceInformation::addresses)
                .filter(addresses -> addresses.length > 0)
                .map(addresses -> Integer.parseInt(addresses[0]));
    }

    private ImageSource source(Row row, long number) {
        String named = name < 0 || row.isNullAt(name) ? "row " + number : row.getString(name);
        Configuration hadoop = configuration.value();
        if (row.isNullAt(image)) {
            return new Missing(named);
        }
        return row.get(image) instanceof String path
                ? new HadoopImage(path, hadoop)
                : ImageSource.of(named, row.<byte[]>getAs(image));
    }

    /** A row without an image, which fails in its place. */
    private record Missing(String name) implements ImageSource {
        @Override
        public byte[] read() throws IOException {
            throw new IOException("no image: it is null");
        }
    }

    /** A batch that is computed. */
    private record Batch(List<Row> rows, CompletableFuture<Answers> answers) {}

    private record Answers(List<PredictionResult> predictions, Optional<List<EmbeddingResult>> embeddings) {}

    /** Rows with their predictions, in order. For one thread, that of the task. */
    private final class Predicted implements Iterator<Row> {

        private final Iterator<Row> rows;
        private final ExecutorModel executor;
        private final Deque<Batch> started = new ArrayDeque<>();
        private Iterator<Row> ready = List.<Row>of().iterator();
        private long number;

        Predicted(Iterator<Row> rows, ExecutorModel executor) {
            this.rows = rows;
            this.executor = executor;
        }

        @Override
        public boolean hasNext() {
            if (ready.hasNext()) {
                return true;
            }
            while (started.size() < ExecutorModel.BATCHES_OF_TASK && rows.hasNext()) {
                start();
            }
            if (started.isEmpty()) {
                return false;
            }
            Batch first = started.removeFirst();
            ready = joined(first.rows, DecodingPool.await(first.answers)).iterator();
            return true;
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException("there are no more rows");
            }
            return ready.next();
        }

        private void start() {
            List<Row> taken = new ArrayList<>();
            List<ImageSource> images = new ArrayList<>();
            while (taken.size() < settings.batchSize() && rows.hasNext()) {
                Row row = rows.next();
                taken.add(row);
                images.add(source(row, number++));
            }
            started.addLast(new Batch(
                    taken, executor.start(() -> new Answers(executor.predict(images), executor.embed(images)))));
        }

        private List<Row> joined(List<Row> own, Answers answers) {
            List<Row> joined = new ArrayList<>();
            for (int i = 0; i < own.size(); i++) {
                int row = i;
                joined.add(columns.row(
                        own.get(i), answers.predictions.get(i), answers.embeddings.map(all -> all.get(row))));
            }
            return joined;
        }

        /** Gives up batches that have not begun; the model waits for those that have before it is closed. */
        void cancel() {
            started.forEach(batch -> batch.answers.cancel(false));
        }
    }
}
