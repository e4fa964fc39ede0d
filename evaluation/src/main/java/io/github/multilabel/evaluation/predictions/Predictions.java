package io.github.multilabel.evaluation.predictions;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.model.heads.HeadThreshold;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The logits of a model for each image of a data set, with the images' names and labels: computed once, by
 * {@code Evaluator.predictions}, kept in memory or as a file, and read by all that judges a model. They can also be
 * made from arrays that came from elsewhere.
 *
 * <pre>{@code
 * Predictions predictions = Evaluator.predictions(model, validation);
 * predictions.write(Path.of("build/predictions.safetensors"));
 * double[] ofFirst = Predictions.read(Path.of("build/predictions.safetensors")).head("brand").probabilities(0);
 * }</pre>
 *
 * <p>Immutable; any number of threads may read it. In memory an image takes 4 bytes for each category of all heads, and
 * its name; what is read from a file is mapped into memory, and takes none of the heap.
 */
public final class Predictions {

    private final HeadSet heads;
    private final List<HeadColumns> columns;
    private final int size;
    private final Texts sources;
    private final Optional<Texts> groups;
    private final List<HeadThreshold> thresholds;

    Predictions(
            HeadSet heads,
            List<HeadColumns> columns,
            int size,
            Texts sources,
            Optional<Texts> groups,
            List<HeadThreshold> thresholds) {
        this.heads = heads;
        this.thresholds = List.copyOf(thresholds);
        this.columns = List.copyOf(columns);
        this.size = size;
        this.sources = sources;
        this.groups = groups;
    }

    /**
     * Starts without an image.
     *
     * @param heads of the logits and labels
     */
    public static Builder builder(HeadSet heads) {
        return new Builder(Given.require(heads, "heads", "e.g. model.heads()"));
    }

    /**
     * Opens what {@link #write} wrote. The file is mapped into memory and must stay as it is.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IOException if it cannot be read, is no such file, is damaged, or of a newer format than this release
     *     reads; the message names the file and the reason
     */
    public static Predictions read(Path file) throws IOException {
        return PredictionsFile.read(Given.require(file, "file", "what Predictions.write wrote"));
    }

    /**
     * Writes a file that {@link #read} opens. It is of the format {@code safetensors}, which Python reads as arrays by
     * {@code safetensors.numpy.load_file}: for each head {@code HEAD.logits}, (N, K) float32, and {@code HEAD.labels},
     * (N) int32, of a multi-label head (N, K) int8, -1 where the label is missing.
     *
     * @param file replaced when the new one is complete; its folder is created if it is missing
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        PredictionsFile.write(Given.require(file, "file", "e.g. Path.of(\"predictions.safetensors\")"), this);
    }

    /**
     * Writes a file for {@code numpy.load}, with the arrays {@code sources}, and for each head {@code HEAD.logits}, (N,
     * K) float32, {@code HEAD.labels}, (N) int32 or of a multi-label head (N, K) int8, -1 where the label is missing,
     * and {@code HEAD.categories}; also {@code groups} where they are known.
     *
     * @param file such as {@code predictions.npz}; replaced when the new one is complete
     * @throws IOException if it cannot be written
     */
    public void writeNumPy(Path file) throws IOException {
        NumPyFile.write(Given.require(file, "file", "e.g. Path.of(\"predictions.npz\")"), this);
    }

    /** The heads, in the model's order. */
    public HeadSet heads() {
        return heads;
    }

    /** The number of images, labelled or not. */
    public int size() {
        return size;
    }

    /**
     * What one head says.
     *
     * @throws IllegalArgumentException if there is no such head; the message names similar ones
     */
    public PredictedHead head(String name) {
        return columns.get(heads.indexOf(name));
    }

    /** What each head says, in the order of the heads. */
    public List<PredictedHead> all() {
        return List.copyOf(columns);
    }

    /** The name of an image, such as its file; two images can have the same. */
    public String source(int row) {
        return sources.of(checked(row));
    }

    /** Whether it is known which images belong together, see {@link #group}. */
    public boolean hasGroups() {
        return groups.isPresent();
    }

    /**
     * What an image shares with others, such as the car that it shows: images of one group are not independent of each
     * other, and intervals are to count groups and not images.
     *
     * @throws IllegalStateException if groups are not known
     */
    public String group(int row) {
        return groups.orElseThrow(() ->
                        new IllegalStateException("these predictions have no groups; withGroups gives" + " them some"))
                .of(checked(row));
    }

    /**
     * The same predictions with what images share.
     *
     * @param groups one for each image, in their order
     * @throws IllegalArgumentException if there are more or fewer than images
     */
    public Predictions withGroups(List<String> groups) {
        List<String> copy = List.copyOf(Given.require(groups, "groups", "one for each image"));
        if (copy.size() != size) {
            throw new IllegalArgumentException(
                    "withGroups needs one for each of the " + size + " images, got " + copy.size());
        }
        return new Predictions(heads, columns, size, sources, Optional.of(copy::get), thresholds);
    }

    /**
     * The predictions of some of the heads, in the order given; nothing is copied.
     *
     * @throws IllegalArgumentException if there is no such head
     */
    public Predictions select(List<String> names) {
        HeadSet selected = heads.select(names);
        return new Predictions(
                selected,
                selected.names().stream()
                        .map(name -> columns.get(heads.indexOf(name)))
                        .toList(),
                size,
                sources,
                groups,
                thresholds.stream().filter(each -> names.contains(each.head())).toList());
    }

    /** From which probability on heads answer, of some heads; see {@code MultiLabelModel.thresholds}. */
    public List<HeadThreshold> thresholds() {
        return thresholds;
    }

    /**
     * The same logits of a model that answers from thresholds on.
     *
     * @param thresholds of some heads
     * @throws IllegalArgumentException if one is for another head, or two are for the same
     */
    public Predictions withThresholds(List<HeadThreshold> thresholds) {
        Given.require(thresholds, "thresholds", "those of some heads, perhaps of none");
        Map<String, HeadThreshold> byHead = new HashMap<>();
        for (HeadThreshold each : thresholds) {
            each.requireFit(heads);
            if (byHead.put(each.head(), each) != null) {
                throw new IllegalArgumentException(
                        "threshold of head '" + Excerpt.of(each.head()) + "' is given twice");
            }
        }
        List<HeadColumns> answering = columns.stream()
                .map(column ->
                        column.with(Optional.ofNullable(byHead.get(column.head().name()))))
                .toList();
        return new Predictions(heads, answering, size, sources, groups, thresholds);
    }

    /** The labels of an image. */
    public Labels labels(int row) {
        Labels.Builder labels = Labels.builder(heads);
        for (HeadColumns column : columns) {
            Head head = column.head();
            if (!column.isMissing(row)) {
                labels.set(head.name(), categories(column, row));
            }
        }
        return labels.build();
    }

    private static Collection<String> categories(PredictedHead column, int row) {
        return IntStream.range(0, column.head().size())
                .filter(k -> column.isRight(row, k))
                .mapToObj(column.head()::category)
                .toList();
    }

    List<HeadColumns> columns() {
        return columns;
    }

    Optional<Texts> groups() {
        return groups;
    }

    private int checked(int row) {
        if (row < 0 || row >= size) {
            throw new IndexOutOfBoundsException("image " + row + ": there are " + size);
        }
        return row;
    }

    /** Says how many images and heads there are. */
    @Override
    public String toString() {
        return "predictions of " + heads.names() + " for " + size + (size == 1 ? " image" : " images");
    }

    /** Collects predictions image by image. For one thread. */
    public static final class Builder {

        /** Where a probability of 0 is put, whose logarithm is not finite. */
        private static final double LEAST = 1e-30;

        private final HeadSet heads;
        private final List<Column> logits;
        private final List<Column> labels;
        private final List<String> sources = new ArrayList<>();

        private Builder(HeadSet heads) {
            this.heads = heads;
            logits = heads.stream()
                    .map(head -> new Column(head.size() * Float.BYTES))
                    .toList();
            labels = heads.stream()
                    .map(head -> new Column(HeadColumns.labelBytes(head)))
                    .toList();
        }

        /**
         * Adds an image.
         *
         * @param source its name
         * @param labels of these heads or others; those of other heads are left out
         * @param logits of each head, in the order of the heads, and of each category; copied
         * @throws IllegalArgumentException if there are more or fewer logits than categories, one is NaN or infinite,
         *     or a head of the same name has not the category of a label
         */
        public Builder add(String source, Labels labels, float[]... logits) {
            Given.require(source, "source", "the name of the image");
            Labels known = Given.require(labels, "labels", "e.g. Labels.missing(heads)")
                    .forHeads(heads);
            requireFitting(source, logits);
            int row = sources.size();
            for (int h = 0; h < heads.size(); h++) {
                ByteBuffer ofRow = this.logits.get(h).grownBy(row);
                for (float logit : logits[h]) {
                    ofRow.putFloat(logit);
                }
                HeadColumns.putLabel(heads.get(h), known, this.labels.get(h).grownBy(row));
            }
            sources.add(source);
            return this;
        }

        /**
         * Adds an image of which probabilities are known, as other libraries give them. They are kept as logits:
         * natural logarithms of a single-label head, log odds of a multi-label head.
         *
         * @param probabilities of each head, in the order of the heads, and of each category, in [0, 1]
         * @throws IllegalArgumentException as {@link #add}, or if one is outside its range
         */
        public Builder addProbabilities(String source, Labels labels, double[]... probabilities) {
            float[][] logits = new float[probabilities.length][];
            for (int h = 0; h < logits.length; h++) {
                Head.Kind kind = h < heads.size() ? heads.get(h).kind() : Head.Kind.SINGLE_LABEL;
                logits[h] = new float[probabilities[h].length];
                for (int k = 0; k < logits[h].length; k++) {
                    logits[h][k] = (float) logit(kind, source, probabilities[h][k]);
                }
            }
            return add(source, labels, logits);
        }

        /**
         * Adds an image of other predictions, as where several models predict the images of one table.
         *
         * @param others of the same heads
         * @throws IllegalArgumentException if they are of other heads
         * @throws IndexOutOfBoundsException if there is no such image
         */
        public Builder add(Predictions others, int row) {
            Given.require(others, "others", "predictions of the same heads");
            float[][] logits = others.columns().stream()
                    .map(column -> {
                        float[] ofRow = new float[column.head().size()];
                        for (int k = 0; k < ofRow.length; k++) {
                            ofRow[k] = column.logit(row, k);
                        }
                        return ofRow;
                    })
                    .toArray(float[][]::new);
            return add(others.source(row), others.labels(row), logits);
        }

        private static double logit(Head.Kind kind, String source, double probability) {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException(
                        "image '" + Excerpt.of(source) + "': the probability " + probability + " is outside [0, 1]");
            }
            double log = Math.log(Math.max(probability, LEAST));
            return switch (kind) {
                case SINGLE_LABEL -> log;
                case MULTI_LABEL -> log - Math.log(Math.max(1 - probability, LEAST));
            };
        }

        private void requireFitting(String source, float[]... logits) {
            if (logits.length != heads.size()) {
                throw new IllegalArgumentException("image '" + Excerpt.of(source) + "' needs logits of the "
                        + heads.size() + " heads " + heads.names() + ", got those of " + logits.length);
            }
            for (int h = 0; h < logits.length; h++) {
                Head head = heads.get(h);
                String what = "image '" + Excerpt.of(source) + "', head '" + Excerpt.of(head.name()) + "': ";
                if (logits[h].length != head.size()) {
                    throw new IllegalArgumentException(what + "a logit for each of its " + head.size()
                            + " categories is needed, got " + logits[h].length);
                }
                for (float logit : logits[h]) {
                    if (!Float.isFinite(logit)) {
                        throw new IllegalArgumentException(what + "its logits have to be finite, got "
                                + Excerpt.of(Arrays.toString(logits[h]))
                                + "; are the weights of the model not finite, or too large?");
                    }
                }
            }
        }

        /** Returns what was added so far. */
        public Predictions build() {
            int size = sources.size();
            List<HeadColumns> columns = IntStream.range(0, heads.size())
                    .mapToObj(h -> HeadColumns.of(heads.get(h), size, logits.get(h), labels.get(h)))
                    .toList();
            return new Predictions(heads, columns, size, List.copyOf(sources)::get, Optional.empty(), List.of());
        }
    }
}
