package io.github.multilabel.evaluation.predictions;

import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.JsonFields;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.model.internal.HeadsJson;
import io.github.multilabel.model.internal.ThresholdsJson;
import io.github.multilabel.model.weights.Safetensors;
import io.github.multilabel.model.weights.TensorContent;
import io.github.multilabel.model.weights.TensorInfo;
import io.github.multilabel.model.weights.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file of {@link Predictions}. What stands in quotes here is in files that people keep, and stays.
 *
 * <p>The names of images are kept as UTF-8, one after the other, in {@code sources}, and where each ends in
 * {@code sources.ends}; what images share, where it is known, in {@code groups} and {@code groups.ends}.
 */
final class PredictionsFile {

    private static final String FORMAT = "multilabel-predictions";
    private static final int NEWEST = 1;
    private static final String LOGITS = ".logits";
    private static final String LABELS = ".labels";
    private static final String SOURCES = "sources";
    private static final String GROUPS = "groups";
    private static final String ENDS = ".ends";

    private PredictionsFile() {}

    static void write(Path file, Predictions predictions) throws IOException {
        int size = predictions.size();
        List<TensorContent> tensors = new ArrayList<>();
        for (HeadColumns column : predictions.columns()) {
            Head head = column.head();
            tensors.add(new TensorContent(
                    head.name() + LOGITS, TensorType.F32, new Shape(size, head.size()), out -> column.logits()
                            .write(out, size)));
            tensors.add(new TensorContent(
                    head.name() + LABELS, labelType(head), labelShape(head, size), out -> column.labels()
                            .write(out, size)));
        }
        addTexts(tensors, SOURCES, predictions::source, size);
        predictions.groups().ifPresent(groups -> addTexts(tensors, GROUPS, groups, size));
        JsonObject heads = new JsonObject();
        HeadsJson.write(predictions.heads(), heads);
        ThresholdsJson.write(predictions.thresholds(), heads);
        Map<String, String> metadata =
                Map.of("format", FORMAT, "formatVersion", Integer.toString(NEWEST), "heads", heads.toString());
        AtomicOutput.file(file, out -> Safetensors.write(out, tensors, metadata));
    }

    private static TensorType labelType(Head head) {
        return switch (head.kind()) {
            case SINGLE_LABEL -> TensorType.I32;
            case MULTI_LABEL -> TensorType.I8;
        };
    }

    private static Shape labelShape(Head head, int size) {
        return switch (head.kind()) {
            case SINGLE_LABEL -> new Shape(size);
            case MULTI_LABEL -> new Shape(size, head.size());
        };
    }

    private static void addTexts(List<TensorContent> tensors, String name, Texts texts, int size) {
        long bytes = 0;
        for (int row = 0; row < size; row++) {
            bytes += utf8(texts, row).length;
        }
        tensors.add(new TensorContent(name + ENDS, TensorType.I64, new Shape(size), out -> {
            long end = 0;
            for (int row = 0; row < size; row++) {
                end += utf8(texts, row).length;
                write(
                        out,
                        ByteBuffer.allocate(Long.BYTES)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putLong(0, end));
            }
        }));
        tensors.add(new TensorContent(name, TensorType.U8, new Shape(bytes), out -> {
            for (int row = 0; row < size; row++) {
                write(out, ByteBuffer.wrap(utf8(texts, row)));
            }
        }));
    }

    private static byte[] utf8(Texts texts, int row) {
        return texts.of(row).getBytes(StandardCharsets.UTF_8);
    }

    private static void write(WritableByteChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    static Predictions read(Path file) throws IOException {
        try (Safetensors tensors = Safetensors.open(file)) {
            try {
                return read(tensors);
            } catch (IllegalArgumentException e) {
                throw new IOException("'" + file + "' has no predictions that can be read: " + e.getMessage(), e);
            }
        }
    }

    /** @throws IllegalArgumentException what is wrong */
    private static Predictions read(Safetensors file) throws IOException {
        JsonFields model = model(file.metadata());
        HeadSet heads = HeadsJson.read(model);
        TensorInfo ends = tensor(file, SOURCES + ENDS);
        int size = Math.toIntExact(ends.shape().size());
        List<HeadColumns> columns = new ArrayList<>();
        for (Head head : heads) {
            Column logits = column(
                    file,
                    head.name() + LOGITS,
                    TensorType.F32,
                    new Shape(size, head.size()),
                    head.size() * Float.BYTES);
            Column labels = column(
                    file, head.name() + LABELS, labelType(head), labelShape(head, size), HeadColumns.labelBytes(head));
            requireKnownLabels(HeadColumns.of(head, size, logits, labels));
            columns.add(HeadColumns.of(head, size, logits, labels));
        }
        return new Predictions(
                        heads,
                        columns,
                        size,
                        texts(file, SOURCES, size),
                        file.tensors().containsKey(GROUPS) ? Optional.of(texts(file, GROUPS, size)) : Optional.empty(),
                        List.of())
                .withThresholds(ThresholdsJson.read(model, heads));
    }

    private static JsonFields model(Map<String, String> metadata) {
        String format = metadata.getOrDefault("format", "");
        if (!format.equals(FORMAT)) {
            throw new IllegalArgumentException("its format is '" + Excerpt.of(format) + "', not '" + FORMAT + "'");
        }
        String version = metadata.getOrDefault("formatVersion", "");
        if (!version.equals(Integer.toString(NEWEST))) {
            throw new IllegalArgumentException("its format version is '" + Excerpt.of(version)
                    + "', this release reads only " + NEWEST + "; predict the images again, or use another release");
        }
        return JsonFields.parse(metadata.getOrDefault("heads", ""));
    }

    private static Column column(Safetensors file, String name, TensorType type, Shape shape, int rowBytes)
            throws IOException {
        TensorInfo tensor = tensor(file, name);
        if (tensor.type() != type || !tensor.shape().equals(shape)) {
            throw new IllegalArgumentException("'" + Excerpt.of(name) + "' should be " + type + " of shape " + shape
                    + ", but is " + tensor.type() + " of shape " + tensor.shape());
        }
        List<ByteBuffer> parts = file.map(name, rowBytes);
        int rows = parts.isEmpty() ? 1 : parts.get(0).capacity() / rowBytes;
        return new Column(rowBytes, rows, parts);
    }

    private static TensorInfo tensor(Safetensors file, String name) {
        TensorInfo tensor = file.tensors().get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("'" + Excerpt.of(name) + "' is missing");
        }
        return tensor;
    }

    /** So that no later reader meets a category that there is not. */
    private static void requireKnownLabels(PredictedHead column) {
        int categories = column.head().size();
        int unknown = column.<Integer>when(
                single -> {
                    for (int row = 0; row < single.size(); row++) {
                        if (single.label(row) < Labels.MISSING || single.label(row) >= categories) {
                            return row;
                        }
                    }
                    return -1;
                },
                multi -> {
                    for (int row = 0; row < multi.size(); row++) {
                        if (!multi.hasWholeLabel(row)) {
                            return row;
                        }
                    }
                    return -1;
                });
        if (unknown >= 0) {
            throw new IllegalArgumentException("the label of head '"
                    + Excerpt.of(column.head().name()) + "' of image " + unknown + " is none of its " + categories
                    + " categories");
        }
    }

    private static Texts texts(Safetensors file, String name, int size) throws IOException {
        Column ends = column(file, name + ENDS, TensorType.I64, new Shape(size), Long.BYTES);
        long bytes = tensor(file, name).shape().size();
        Column text = column(file, name, TensorType.U8, new Shape(bytes), 1);
        long last = 0;
        for (int row = 0; row < size; row++) {
            long end = ends.longAt(row);
            if (end < last || end > bytes || end - last > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "'" + name + ENDS + "' is not ascending within its " + bytes + " bytes");
            }
            last = end;
        }
        return row -> {
            long start = row == 0 ? 0 : ends.longAt(row - 1);
            byte[] utf8 = new byte[(int) (ends.longAt(row) - start)];
            for (int i = 0; i < utf8.length; i++) {
                utf8[i] = text.byteAt(start + i);
            }
            return new String(utf8, StandardCharsets.UTF_8);
        };
    }
}
