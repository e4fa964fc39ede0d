package io.github.multilabel.onnx;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.onnx.OnnxGraph;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.prediction.HeadPrediction;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes a graph in int8: first in float32, which must agree with the model, then in the way that {@link Int8Search}
 * finds, which must give the same answers most times.
 */
final class Int8Export {

    /** The fraction of the same answers of each head below which a file is of no use. */
    private static final double LEAST = 0.8;

    private final MultiLabelModel model;
    private final OnnxGraph graph;
    private final OnnxDescription description;
    private final ImageDecoder decoder;

    /** @param graph in float32 */
    Int8Export(MultiLabelModel model, OnnxGraph graph, OnnxDescription description, ImageDecoder decoder) {
        this.model = model;
        this.graph = graph;
        this.description = description;
        this.decoder = decoder;
    }

    /**
     * Writes the file.
     *
     * @param images for calibration, every fifth of which is held out
     * @throws IOException if an image cannot be read, the file not be written, or answers differ too often
     */
    ExportedModel write(Path file, List<ImageSource> images) throws IOException {
        Path folder = Files.createTempDirectory("multilabel-int8");
        try {
            Path inFloat32 = folder.resolve("float32.onnx");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(inFloat32))) {
                description.write(graph, out);
            }
            Agreement agreement = Agreement.of(inFloat32, model, description).required();
            Int8Search.Found found = Int8Search.in(graph, description, images, decoder, folder);
            OnnxDescription int8 =
                    description.inInt8(AnswerComparison.least(found.result().heads()));
            AtomicOutput.file(file, out -> int8.write(found.graph(), out), complete -> require(found, complete));
            return new ExportedModel(
                    file, Files.size(file), description.outputs(), agreement.relative(), Optional.of(found.result()));
        } finally {
            AtomicOutput.delete(folder);
        }
    }

    private void require(Int8Search.Found found, Path complete) throws IOException {
        List<List<HeadPrediction>> answers = Int8Search.answers(complete, description, found.heldOut());
        require(
                AnswerComparison.of(description.heads(), found.expected(), answers),
                found.heldOut().size());
    }

    /** @throws IOException if a head gives too few of its answers in float32 */
    static void require(AnswerComparison answers, int images) throws IOException {
        for (HeadAgreement head : answers.heads()) {
            if (!(head.same() >= LEAST)) {
                throw new IOException(String.format(
                        Locale.ROOT,
                        "in int8 head '%s' gives only %.1f %% of its answers in float32 on %d images that were held"
                                + " out, %.0f %% are needed; no file is kept. Pass more images, such as will be"
                                + " predicted; a head whose categories are nearly equally probable may need more"
                                + " training first; or export in float32",
                        head.head(),
                        head.same() * 100,
                        images,
                        LEAST * 100));
            }
        }
    }
}
