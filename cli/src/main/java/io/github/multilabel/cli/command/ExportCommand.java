package io.github.multilabel.cli.command;

import ai.djl.MalformedModelException;
import io.github.multilabel.cli.prediction.NewFile;
import io.github.multilabel.cli.prediction.PredictedImages;
import io.github.multilabel.cli.program.DecodingOptions;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.ModelOption;
import io.github.multilabel.cli.program.TableFileOptions;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.export.ExportOutput;
import io.github.multilabel.model.export.TimmExport;
import io.github.multilabel.model.export.TorchScriptExport;
import io.github.multilabel.onnx.OnnxExport;
import io.github.multilabel.onnx.OnnxInput;
import io.github.multilabel.onnx.TritonExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a saved model in a format that other programs read. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes a saved model as a file that other programs read, such as ONNX Runtime, OpenVINO and Triton.",
            "A file is run before it is kept, and its answers are compared with the model's: they differ by at most 1e-4"
                    + " of the largest, unless it is in int8. Heads, categories, preprocessing and thresholds stand in its metadata."
        },
        footer = "  multilabel export --model runs/cars/model --output cars.onnx --input uint8 --outputs probabilities")
public final class ExportCommand implements Callable<Integer> {

    private static final String OUTPUT = "--output";
    private static final String INT8 = "--int8";
    private static final String CALIBRATION = "--calibration";

    @Mixin
    private final ModelOption model = new ModelOption();

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(names = OUTPUT, paramLabel = "FILE", required = true, description = "The file to write, such as cars.onnx.")
    private Path output;

    /** What can be written. */
    enum Format {
        /** A file of ONNX. */
        ONNX,
        /** A file of TorchScript. */
        TORCHSCRIPT,
        /** A folder of a model repository for Triton. */
        TRITON,
        /** A folder with weights under the names of timm or torchvision, and a program that loads them. */
        TIMM
    }

    @Option(
            names = "--format",
            paramLabel = "onnx|torchscript|timm|triton",
            description =
                    "What is written: onnx, a file for most runtimes; torchscript, a file for LibTorch, PyTorch and"
                            + " plain DJL; timm, a folder with weights and a program for Python; triton, a folder of a model repository for"
                            + " Triton and KServe (default: onnx).")
    private Format format = Format.ONNX;

    @Option(
            names = "--input",
            paramLabel = "float32|uint8",
            description = "What a file of ONNX is given: float32, images (N, 3, H, W) that are normalised already; or"
                    + " uint8, pixels (N, H, W, 3), which it normalises itself (default: float32; for triton uint8).")
    private Optional<OnnxInput> input = Optional.empty();

    @Option(
            names = "--outputs",
            paramLabel = "logits|probabilities",
            description =
                    "What a file gives for each head, both calibrated if the model is (default: logits; for triton"
                            + " probabilities).")
    private Optional<ExportOutput> outputs = Optional.empty();

    @Option(
            names = INT8,
            description =
                    "Computes convolutions and linear layers in int8: a quarter of the size and, with OpenVINO or a"
                            + " processor with VNNI, faster. The answers of each head are compared with those in float32 on every"
                            + " fifth of the images of " + CALIBRATION + ".")
    private boolean int8;

    @Option(
            names = CALIBRATION,
            paramLabel = "DIR|TABLE",
            description =
                    "With " + INT8 + ": some hundred images such as will be predicted, 20 at least, of a folder and"
                            + " all below it, or of a table (.csv, .tsv, .txt, .jsonl, .parquet); of more than 500 so many are"
                            + " taken.")
    private Optional<String> calibration = Optional.empty();

    @Mixin
    private final TableFileOptions tables = new TableFileOptions();

    @Mixin
    private final DecodingOptions decoding = new DecodingOptions();

    @Option(
            names = "--overwrite",
            description = "Replaces the file; without this option, one that is there is refused.")
    private boolean overwrite;

    @Override
    public Integer call() throws IOException, MalformedModelException {
        NewFile.require(OUTPUT, output, overwrite);
        InvalidInputException.require(
                input.isEmpty() || format == Format.ONNX || format == Format.TRITON,
                "--input is for --format onnx and triton; others take float32");
        InvalidInputException.require(
                outputs.isEmpty() || format != Format.TIMM, "--outputs is not for --format timm, which gives logits");
        InvalidInputException.require(
                !int8 || format == Format.ONNX, INT8 + " is for --format onnx alone; others compute in float32");
        requireCalibration();
        List<ImageSource> images =
                calibration.isEmpty() ? List.of() : new PredictedImages(tables).of(List.of(calibration.get()));
        try (MultiLabelModel loaded = model.load()) {
            System.out.println(
                    switch (format) {
                        case ONNX -> onnx(loaded, images);
                        case TORCHSCRIPT -> torchScript(loaded);
                        case TIMM -> timm(loaded);
                        case TRITON -> triton(loaded);
                    });
        }
        return 0;
    }

    private String onnx(MultiLabelModel loaded, List<ImageSource> images) throws IOException {
        OnnxExport export = OnnxExport.of(loaded);
        input.ifPresent(export::optInput);
        outputs.ifPresent(export::optOutput);
        if (int8) {
            export.optInt8(images).optDecoder(decoding.decoder());
        }
        String written = export.write(output).toString();
        return int8 ? written + System.lineSeparator() + accuracy() : written;
    }

    /** Whether an answer that changed was right can only be told by labels. */
    private String accuracy() {
        return "What int8 costs in accuracy, on labelled images, is told by: multilabel evaluate --model "
                + model.folder()
                + " --csv LABELS --output A && multilabel evaluate --model " + output
                + " --csv LABELS --output B && multilabel compare A B";
    }

    private String torchScript(MultiLabelModel loaded) throws IOException {
        TorchScriptExport export = TorchScriptExport.of(loaded);
        outputs.ifPresent(export::optOutput);
        return export.write(output).toString();
    }

    private String timm(MultiLabelModel loaded) throws IOException {
        TimmExport.of(loaded).write(output);
        return output + ": weights, labels.json, and load.py, which loads them in Python";
    }

    private String triton(MultiLabelModel loaded) throws IOException {
        TritonExport export = TritonExport.of(loaded);
        input.ifPresent(export::optInput);
        outputs.ifPresent(export::optOutput);
        return export.write(output).toString();
    }

    private void requireCalibration() {
        if (int8 != calibration.isPresent()) {
            throw new InvalidInputException(INT8 + " and " + CALIBRATION
                    + " are given together: the ranges of values in int8 are found with images");
        }
        calibration
                .filter(name -> !PredictedImages.isTable(name) && !Files.isDirectory(Path.of(name)))
                .ifPresent(name -> {
                    throw new InvalidInputException(
                            CALIBRATION + " '" + name + "' is neither a folder nor a table; tables"
                                    + " end in .csv, .tsv, .txt, .jsonl, .ndjson or .parquet");
                });
    }
}
