package io.github.multilabel.training;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.weights.Safetensors;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.event.EpochReport;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.event.TrainingResult;
import io.github.multilabel.training.mix.BatchMix;
import io.github.multilabel.training.optimizer.Optimizers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Checkpoints as they were written once: {@code formats/checkpoints/COMMIT/NAME.zip} of the test resources, by the
 * commit that the folder is named after, each saved in the middle of the second of two epochs, with the numbers of the
 * same training when nothing stops it. A sample is never written again; {@link #main} adds a folder of them.
 */
final class CheckpointSamples {

    static final Path FOLDER = Path.of("src/test/resources/formats/checkpoints");

    private static final int EPOCHS = 2;
    /** Of six in each epoch. */
    private static final int STOP = 8;

    private static final String EXPECTED = "expected.json";

    private static final HeadSet HEADS = HeadSet.of(Toy.SHAPE, Toy.COLOUR, Toy.TAGS);

    /** How each of them trains, by name. */
    static final Map<String, UnaryOperator<MultiLabelTrainerBuilder>> TRAININGS = new LinkedHashMap<>();

    static {
        TRAININGS.put("sgd", trainer -> trainer.optOptimizer(Optimizers.sgd()).optPrecision(Precision.FLOAT16));
        TRAININGS.put("nesterov", trainer -> trainer.optOptimizer(Optimizers.nesterov())
                .optPrecision(Precision.BFLOAT16));
        TRAININGS.put(
                "adam", trainer -> trainer.optOptimizer(Optimizers.adam()).optLossBalancing(LossBalancing.gradNorm()));
        TRAININGS.put("adamw", trainer -> trainer.optOptimizer(Optimizers.adamW())
                .optLossBalancing(LossBalancing.uncertainty()));
        TRAININGS.put("lion", trainer -> trainer.optOptimizer(Optimizers.lion())
                .optLearningRate(0.001)
                .optEmaDecay(0.9)
                .optGradientAccumulation(2));
        TRAININGS.put("lamb", trainer -> trainer.optOptimizer(Optimizers.lamb())
                .optLossBalancing(LossBalancing.dynamicAverage())
                .optFreezeEpochs(1)
                .optBatchMix(BatchMix.mixUp(0.3))
                .addHeadOptions(
                        "tags",
                        HeadOptions.loss(Losses.asymmetric())
                                .dropout(0.25)
                                .lossWeight(0.5)
                                .hiddenUnits(5))
                .addHeadOptions(
                        "shape",
                        HeadOptions.standard()
                                .classWeights(ClassWeights.balanced())
                                .hiddenUnits(5))
                .addHeadOptions(
                        "colour", HeadOptions.standard().labelSmoothing(0.1).hiddenUnits(5))
                .optGradientClipNorm(5)
                .optMonitor("validation.colour.macro_f1")
                .optEarlyStopping(7, 0.001)
                .optProgressiveResizing(12));
    }

    private CheckpointSamples() {}

    /** Run it in the folder of this module with the name of the folder to make, that of the commit. */
    public static void main(String[] arguments) throws IOException {
        Path folder = FOLDER.resolve(arguments[0]);
        Files.createDirectories(folder);
        for (String name : TRAININGS.keySet()) {
            Path sample = folder.resolve(name + ".zip");
            if (!Files.exists(sample)) { // a sample stays what it was
                Path made = Files.createTempDirectory("sample");
                stopped(name, made);
                zip(newest(made), whole(name), sample);
            }
        }
    }

    /** The folders of samples, each named after the commit that wrote it. */
    static Stream<String> commits() {
        return fileNames(FOLDER);
    }

    /** The samples that a commit wrote. */
    static Stream<String> names(String commit) {
        return fileNames(FOLDER.resolve(commit)).map(file -> file.replace(".zip", ""));
    }

    private static Stream<String> fileNames(Path folder) {
        return Stream.of(folder.toFile().list()).sorted();
    }

    private static MultiLabelTrainerBuilder trainer(String name) {
        Network network = Network.builder("tiny")
                .stage("all")
                .conv("conv1", 4, 3, 2)
                .norm("bn1")
                .relu("relu1")
                .conv("conv2", 6, 3, 2)
                .norm("bn2")
                .relu("relu2")
                .globalAveragePool("pool")
                .build();
        return TRAININGS
                .get(name)
                .apply(MultiLabelTrainer.builder()
                        .setHeads(HEADS)
                        .setBackbone(
                                Backbones.of(network, Preprocessing.imageNet(16).squashed()))
                        .optLearningRate(0.02)
                        .optEpochs(EPOCHS)
                        .optProgress(false)
                        .optSeed(8));
    }

    private static TrainingResult fit(MultiLabelTrainer trainer) throws IOException {
        try (ImageDataset train = Toy.data(HEADS, 24, 4);
                ImageDataset validation = Toy.data(HEADS, 12, 4)) {
            return trainer.fit(train, validation);
        }
    }

    /** Trains up to where a sample is saved. */
    private static void stopped(String name, Path folder) throws IOException {
        List<MultiLabelTrainer> self = new ArrayList<>();
        long stop = name.equals("lion") ? STOP / 2 : STOP;
        try (MultiLabelTrainer trainer = trainer(name)
                .optCheckpoints(folder)
                .addListener(event -> {
                    if (event instanceof TrainingEvent.StepDone step && step.step() == stop) {
                        self.get(0).stop();
                    }
                })
                .build()) {
            self.add(trainer);
            fit(trainer);
        }
    }

    private static JsonObject whole(String name) throws IOException {
        try (MultiLabelTrainer trainer = trainer(name).build()) {
            return numbers(fit(trainer), trainer);
        }
    }

    /**
     * Goes on from a sample to the end.
     *
     * @param saved gets each checkpoint that is written
     */
    static JsonObject resumed(String name, Path folder, Consumer<Path> saved) throws IOException {
        try (MultiLabelTrainer trainer = trainer(name)
                .optCheckpoints(CheckpointOptions.in(folder).everySteps(1).resume())
                .addListener(event -> {
                    if (event instanceof TrainingEvent.CheckpointSaved checkpoint) {
                        saved.accept(checkpoint.path());
                    }
                })
                .build()) {
            return numbers(fit(trainer), trainer);
        }
    }

    private static JsonObject numbers(TrainingResult result, MultiLabelTrainer trainer) {
        JsonObject numbers = new JsonObject();
        for (EpochReport report : result.history()) {
            String epoch = "epoch " + report.epoch() + ": ";
            numbers.addProperty(epoch + "learning rate", report.learningRate());
            numbers.addProperty(epoch + "training loss", report.training().loss());
            numbers.addProperty(
                    epoch + "validation loss", report.validation().orElseThrow().loss());
        }
        numbers.addProperty("best epoch", result.bestEpoch());
        Toy.weights(trainer).forEach((weight, values) -> {
            double sum = 0;
            for (float value : values) {
                sum += Math.abs(value);
            }
            numbers.addProperty("mean size of " + weight, sum / values.length);
        });
        return numbers;
    }

    /** Unpacks a sample; returns the numbers that it was saved with. */
    static JsonObject unpack(String commit, String name, Path folder) throws IOException {
        Path zip = FOLDER.resolve(commit).resolve(name + ".zip");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, in.readAllBytes());
            }
        }
        JsonObject expected = json(folder.resolve(EXPECTED));
        Files.delete(folder.resolve(EXPECTED));
        return expected;
    }

    private static void zip(Path checkpoint, JsonObject expected, Path zip) throws IOException {
        try (ZipOutputStream packed = new ZipOutputStream(Files.newOutputStream(zip));
                Stream<Path> files = Files.list(checkpoint)) {
            for (Path file : files.sorted().toList()) {
                add(packed, checkpoint.getFileName() + "/" + file.getFileName(), Files.readAllBytes(file));
            }
            add(packed, EXPECTED, expected.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
    }

    /** What {@code checkpoint.json} says of the settings. */
    static JsonObject settings(Path checkpoint) {
        return json(checkpoint.resolve("checkpoint.json")).getAsJsonObject("settings");
    }

    /** Changes the settings of a checkpoint, and its checksum with them. */
    static void change(Path checkpoint, Consumer<JsonObject> change) throws IOException {
        JsonObject description = json(checkpoint.resolve("checkpoint.json"));
        change.accept(description.getAsJsonObject("settings"));
        byte[] changed = description.toString().getBytes(StandardCharsets.UTF_8);
        CRC32C crc = new CRC32C();
        crc.update(changed);
        JsonObject sums = json(checkpoint.resolve("checksums.json"));
        sums.getAsJsonObject("checkpoint.json").addProperty("bytes", changed.length);
        sums.getAsJsonObject("checkpoint.json").addProperty("crc32c", Long.toHexString(crc.getValue()));
        Files.write(checkpoint.resolve("checkpoint.json"), changed);
        Files.writeString(checkpoint.resolve("checksums.json"), sums.toString());
    }

    /** The names of all fields of a checkpoint, and the names, types and axes of its tensors. */
    static TreeSet<String> fields(Path checkpoint) {
        TreeSet<String> fields = new TreeSet<>();
        add(fields, "", json(checkpoint.resolve("checkpoint.json")));
        add(fields, "", json(checkpoint.resolve("checksums.json")));
        try (Safetensors state = Safetensors.open(checkpoint.resolve("state.safetensors"))) {
            state.tensors()
                    .forEach((name, tensor) -> fields.add(name + ", " + tensor.type() + ", axes "
                            + tensor.shape().dimension()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return fields;
    }

    private static void add(TreeSet<String> fields, String where, JsonElement json) {
        if (json.isJsonObject()) {
            json.getAsJsonObject().entrySet().forEach(field -> {
                fields.add(where + field.getKey());
                add(fields, where + field.getKey() + "/", field.getValue());
            });
        } else if (json.isJsonArray()) {
            json.getAsJsonArray().forEach(element -> add(fields, where, element));
        }
    }

    static Path newest(Path folder) throws IOException {
        try (Stream<Path> checkpoints = Files.list(folder)) {
            return checkpoints
                    .filter(path -> path.getFileName().toString().startsWith("checkpoint-"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    private static JsonObject json(Path file) {
        try {
            return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
