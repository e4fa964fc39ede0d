package io.github.multilabel.onnx;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.onnx.engine.OnnxEngine;
import io.github.multilabel.onnx.engine.OrtEngine;
import io.github.multilabel.onnx.int8.Int8Choice;
import io.github.multilabel.onnx.int8.Quantization;
import io.github.multilabel.onnx.int8.RangeMethod;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds how a network is best brought to int8: by what images that did not calibrate make of it in ONNX Runtime.
 * Deterministic on a machine.
 */
final class Int8Search {

    /** Every fifth image is held out. */
    static final int HELD_OUT = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Int8Search.class);

    /** The distance of answers from those in float32 that is borne; above it, layers that hurt are looked for. */
    private static final double BORNE = 0.05;
    /** Of the images held out for the look at each layer alone. */
    private static final int SWEPT = 16;
    /** At most one layer of this many stays in float32. */
    private static final int LAYERS_PER_FLOAT = 4;

    private static final int BATCH = 8;

    private final OnnxGraph graph;
    private final OnnxDescription description;
    private final Path file;
    private final List<ImageSource> calibrating;
    private final List<Pixels> heldOut;
    private final List<List<HeadPrediction>> expected;
    private final long floatBytes;

    private Int8Search(
            OnnxGraph graph, OnnxDescription description, List<ImageSource> images, ImageDecoder decoder, Path folder)
            throws IOException {
        this.graph = graph;
        this.description = description;
        file = folder.resolve("model.onnx");
        calibrating = new ArrayList<>();
        heldOut = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            if (i % HELD_OUT == HELD_OUT / 2) {
                heldOut.add(pixels(images.get(i), decoder));
            } else {
                calibrating.add(images.get(i));
            }
        }
        expected = answers(graph, heldOut);
        floatBytes = Files.size(file);
    }

    /**
     * What was found.
     *
     * @param heldOut the images that did not calibrate
     * @param expected what the file in float32 answers for them
     */
    record Found(OnnxGraph graph, Int8Result result, List<Pixels> heldOut, List<List<HeadPrediction>> expected) {}

    /**
     * Searches.
     *
     * @param graph in float32
     * @param folder for files that are not kept
     * @throws IOException if an image cannot be used, or a file not be written or run
     */
    static Found in(
            OnnxGraph graph, OnnxDescription description, List<ImageSource> images, ImageDecoder decoder, Path folder)
            throws IOException {
        return new Int8Search(graph, description, images, decoder, folder).search(decoder);
    }

    private Found search(ImageDecoder decoder) throws IOException {
        Quantization quantization = calibrated(decoder);
        Map<Int8Choice, AnswerComparison> tried = new HashMap<>();
        for (RangeMethod method : RangeMethod.values()) {
            tryOut(quantization, new Int8Choice(method, true, Set.of()), tried);
        }
        tryOut(quantization, nearest(tried).uncorrected(), tried);
        Int8Choice best = nearest(tried);
        if (comparison(tried, best).distance() > BORNE) {
            best = withFloatLayers(quantization, best, tried);
        }
        Set<String> floatLayers = best.floatLayers();
        return new Found(
                quantization.int8(best),
                new Int8Result(
                        comparison(tried, best).heads(),
                        calibrating.size(),
                        heldOut.size(),
                        best.ranges(),
                        best.isBiasCorrected(),
                        quantization.layers().stream()
                                .filter(floatLayers::contains)
                                .toList(),
                        floatBytes),
                heldOut,
                expected);
    }

    private Quantization calibrated(ImageDecoder decoder) throws IOException {
        Quantization quantization = new Quantization(graph);
        write(quantization.observed());
        try (FileProgram program = open(file, description)) {
            for (ImageSource image : calibrating) {
                quantization.add(program.run(List.of(pixels(image, decoder))));
            }
        }
        return quantization;
    }

    private Pixels pixels(ImageSource image, ImageDecoder decoder) throws IOException {
        return description.preprocessing().apply(decoder.decode(image));
    }

    private void tryOut(Quantization quantization, Int8Choice choice, Map<Int8Choice, AnswerComparison> tried)
            throws IOException {
        AnswerComparison comparison = compare(quantization, choice, heldOut, expected);
        LOG.info(
                "ranges by {}{}, {} layers in float32: probabilities differ by {} on the average, {}",
                choice.ranges(),
                choice.isBiasCorrected() ? ", biases corrected" : "",
                choice.floatLayers().size(),
                (float) comparison.distance(),
                comparison.heads());
        tried.put(choice, comparison);
    }

    private AnswerComparison compare(
            Quantization quantization, Int8Choice choice, List<Pixels> images, List<List<HeadPrediction>> expected)
            throws IOException {
        return AnswerComparison.of(description.heads(), expected, answers(quantization.int8(choice), images));
    }

    private static Int8Choice nearest(Map<Int8Choice, AnswerComparison> tried) {
        return Collections.min(
                        tried.entrySet(),
                        Comparator.comparingDouble((Map.Entry<Int8Choice, AnswerComparison> each) ->
                                        each.getValue().distance())
                                .thenComparing(each -> each.getKey().ranges())) // the same in every run
                .getKey();
    }

    private static AnswerComparison comparison(Map<Int8Choice, AnswerComparison> tried, Int8Choice choice) {
        AnswerComparison comparison = tried.get(choice);
        if (comparison == null) {
            throw new IllegalStateException("was not tried: " + choice);
        }
        return comparison;
    }

    /** Leaves the layers in float32 that change answers most if they alone are in int8: as few as are enough. */
    private Int8Choice withFloatLayers(
            Quantization quantization, Int8Choice choice, Map<Int8Choice, AnswerComparison> tried) throws IOException {
        List<String> worstFirst = worstFirst(quantization, choice);
        Int8Choice best = choice;
        for (int count = 1; count <= worstFirst.size() / LAYERS_PER_FLOAT; count *= 2) {
            Int8Choice next = choice.withFloatLayers(new HashSet<>(worstFirst.subList(0, count)));
            tryOut(quantization, next, tried);
            if (comparison(tried, next).distance() < comparison(tried, best).distance()) {
                best = next;
            }
            if (comparison(tried, next).distance() <= BORNE) {
                break;
            }
        }
        return best;
    }

    private List<String> worstFirst(Quantization quantization, Int8Choice choice) throws IOException {
        int count = Math.min(SWEPT, heldOut.size());
        Map<String, Double> distances = new HashMap<>();
        for (String layer : quantization.layers()) {
            Set<String> others = new HashSet<>(quantization.layers());
            others.remove(layer);
            AnswerComparison alone = compare(
                    quantization,
                    choice.withFloatLayers(others),
                    heldOut.subList(0, count),
                    expected.subList(0, count));
            LOG.info("{} alone in int8: {}", layer, (float) alone.distance());
            distances.put(layer, alone.distance());
        }
        return quantization.layers().stream()
                .sorted(Comparator.comparingDouble((String layer) -> distances.getOrDefault(layer, 0.0))
                        .reversed())
                .toList();
    }

    private List<List<HeadPrediction>> answers(OnnxGraph written, List<Pixels> images) throws IOException {
        write(written);
        return answers(file, description, images);
    }

    /** What a file answers: for each image the prediction of each head. */
    static List<List<HeadPrediction>> answers(Path file, OnnxDescription description, List<Pixels> images)
            throws IOException {
        HeadSet heads = description.heads();
        BiFunction<Head, float[], HeadPrediction> answer = description.output()::answer;
        List<List<HeadPrediction>> answers = new ArrayList<>();
        try (FileProgram program = open(file, description)) {
            for (int start = 0; start < images.size(); start += BATCH) {
                List<Pixels> batch = images.subList(start, Math.min(start + BATCH, images.size()));
                float[][] outputs = program.run(batch);
                for (int image = 0; image < batch.size(); image++) {
                    int row = image;
                    answers.add(IntStream.range(0, heads.size())
                            .mapToObj(i -> answer.apply(
                                    heads.get(i),
                                    Arrays.copyOfRange(
                                            outputs[i],
                                            row * heads.get(i).size(),
                                            (row + 1) * heads.get(i).size())))
                            .toList());
                }
            }
        }
        return answers;
    }

    private static FileProgram open(Path file, OnnxDescription description) throws IOException {
        OnnxEngine.Settings settings =
                new OnnxEngine.Settings(Runtime.getRuntime().availableProcessors(), Precision.FLOAT32);
        return new FileProgram(new OrtEngine().open(file, settings), description.input(), description.preprocessing());
    }

    private void write(OnnxGraph written) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            written.write(out, OnnxDescription.PROPERTY, description.version(), Map.of());
        }
    }
}
