package io.github.multilabel.training;

import static io.github.multilabel.training.ResumedSettingsTest.Outcome.ACCEPTED;
import static io.github.multilabel.training.ResumedSettingsTest.Outcome.REFUSED;
import static io.github.multilabel.training.ResumedSettingsTest.Outcome.WARNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.DatasetDescription;
import io.github.multilabel.core.ForwardingDataset;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.RowFingerprints;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.model.network.NetworkBuilder;
import io.github.multilabel.testsupport.StandardError;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.internal.settings.MonitorRule;
import io.github.multilabel.training.mix.BatchMix;
import io.github.multilabel.training.optimizer.Optimizers;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each setting, changed when a training is resumed: what comes out. The training is over, so nothing is trained. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumedSettingsTest {

    private static final HeadSet HEADS = HeadSet.of(Toy.SHAPE, Toy.COLOUR, Toy.TAGS);
    private static final int IMAGES = 8;

    private static final String WARNING = ": from here on the numbers are not those of a training without interruption";

    private static final String ROUNDING = ": the numbers may differ in the last digits from here on";

    private Path saved;
    private ImageDataset images;

    enum Outcome {
        REFUSED,
        WARNED,
        /** Without a warning. */
        ACCEPTED
    }

    /** What a training is resumed with. */
    private static final class Resumed {

        private MultiLabelTrainerBuilder builder = Toy.trainer(HEADS).optEpochs(1);
        private UnaryOperator<Described> training = data -> data;
        private UnaryOperator<Described> validation = data -> data;
        private Consumer<MultiLabelTrainer> made = trainer -> {};
        private Consumer<JsonObject> checkpoint = settings -> {};
    }

    /**
     * A row of the table.
     *
     * @param message part of the refusal or the warning; empty if the training is accepted
     */
    private record Change(String setting, Consumer<Resumed> change, Outcome outcome, String message) {
        @Override
        public String toString() {
            return setting + ": " + outcome;
        }
    }

    private static Change option(
            String setting, UnaryOperator<MultiLabelTrainerBuilder> change, Outcome outcome, String message) {
        return new Change(setting, resumed -> resumed.builder = change.apply(resumed.builder), outcome, message);
    }

    private static Change head(String setting, String head, HeadOptions options, Outcome outcome, String message) {
        return option(setting, builder -> builder.addHeadOptions(head, options), outcome, message);
    }

    private static Change training(String setting, UnaryOperator<Described> change, Outcome outcome, String message) {
        return new Change(setting, resumed -> resumed.training = change, outcome, message);
    }

    private static Change validation(String setting, UnaryOperator<Described> change, Outcome outcome, String message) {
        return new Change(setting, resumed -> resumed.validation = change, outcome, message);
    }

    /** As if the checkpoint had been saved somewhere else. */
    private static Change environment(String setting, String before, String message) {
        return new Change(
                setting,
                resumed -> resumed.checkpoint = settings -> settings.addProperty(setting, before),
                WARNED,
                message);
    }

    static Stream<Change> modelAndLosses() {
        return Stream.of(
                option("nothing", builder -> builder, ACCEPTED, ""),
                option(
                        "backbone of another name and the same shapes",
                        builder -> builder.setBackbone(toy("other", false, 1e-5, 2)),
                        REFUSED,
                        "- setBackbone: other now, toy in the checkpoint"),
                option(
                        "activation of an own network",
                        builder -> builder.setBackbone(toy("toy", true, 1e-5, 2)),
                        REFUSED,
                        "- backbone network: fingerprint "),
                option(
                        "epsilon of an own network",
                        builder -> builder.setBackbone(toy("toy", false, 1e-3, 2)),
                        REFUSED,
                        "- backbone network: fingerprint "),
                option(
                        "stride of an own network",
                        builder -> builder.setBackbone(toy("toy", false, 1e-5, 1)),
                        REFUSED,
                        "- backbone network: fingerprint "),
                new Change(
                        "frozen parameters",
                        resumed -> resumed.made =
                                trainer -> trainer.model().block().freezeParameters(true, parameter -> parameter
                                        .getName()
                                        .startsWith("conv1")),
                        REFUSED,
                        "- frozen parameters: 1 arrays, fingerprint "),
                option(
                        "image size",
                        builder -> builder.optImageSize(24),
                        REFUSED,
                        "- preprocessing (optImageSize, optAspectRatio, optCropMode): size=24"),
                option("shape", builder -> builder.optImageSize(16, 24), REFUSED, "size=16x24"),
                option("padding", builder -> builder.optCropMode(CropMode.PAD), REFUSED, "cropMode=PAD"),
                option(
                        "crop mode",
                        builder -> builder.optCropMode(CropMode.CENTER),
                        REFUSED,
                        "cropMode=CENTER, interpolation=BILINEAR"),
                option(
                        "test-time flip",
                        builder -> builder.optTestTimeFlip(true),
                        WARNED,
                        "optTestTimeFlip: true now, false in the checkpoint" + WARNING),
                head(
                        "hidden units",
                        "tags",
                        HeadOptions.standard().hiddenUnits(4),
                        REFUSED,
                        "- head layers (HeadOptions.hiddenUnits, optDropout): {shape=linear, colour=linear, tags=4 hidden} now"),
                option(
                        "dropout",
                        builder -> builder.optDropout(0.2),
                        REFUSED,
                        "- head layers (HeadOptions.hiddenUnits, optDropout): {shape=linear, dropout 0.2"),
                head(
                        "auxiliary head",
                        "tags",
                        HeadOptions.standard().auxiliary(),
                        REFUSED,
                        "- main heads (HeadOptions.auxiliary): [shape, colour] now, [shape, colour, tags] in the checkpoint"),
                head("loss", "tags", HeadOptions.loss(Losses.focal(2)), REFUSED, "tags=focal loss with gamma 2.0} now"),
                option(
                        "label smoothing",
                        builder -> builder.optLabelSmoothing(0.1),
                        REFUSED,
                        "- losses (HeadOptions.loss, optLabelSmoothing): {shape=cross entropy with label smoothing 0.1"),
                head(
                        "class weights",
                        "colour",
                        HeadOptions.standard().classWeights(ClassWeights.balanced()),
                        REFUSED,
                        "- HeadOptions.classWeights: {colour=balanced weights} now, none in the checkpoint"),
                head(
                        "loss weight",
                        "colour",
                        HeadOptions.standard().lossWeight(2),
                        WARNED,
                        "HeadOptions.lossWeight: [1.0, 2.0, 1.0] now, [1.0, 1.0, 1.0] in the checkpoint" + WARNING),
                option(
                        "loss balancing",
                        builder -> builder.optLossBalancing(LossBalancing.uncertainty()),
                        REFUSED,
                        "- optLossBalancing: uncertainty now, fixed in the checkpoint"),
                option(
                        "mix",
                        builder -> builder.optBatchMix(BatchMix.mixUp(0.2)),
                        REFUSED,
                        "- optBatchMix: MixUp with alpha 0.2 now, none in the checkpoint"));
    }

    static Stream<Change> optimisationAndControl() {
        return Stream.of(
                option(
                        "schedule",
                        builder -> builder.optSchedule(LearningRateSchedule.oneCycle()),
                        WARNED,
                        "optSchedule: [one cycle with a warm-up of 0.3 from 0.04 to 4.0E-6] now, [cosine with a warm-up of"
                                + " 0.05] in the checkpoint" + WARNING),
                option(
                        "schedule of one's own",
                        builder -> builder.optSchedule((epoch, epochs) -> 1),
                        WARNED,
                        "optSchedule: [a schedule of your own] now"),
                option(
                        "learning rate",
                        builder -> builder.optLearningRate(0.01),
                        WARNED,
                        "phases: [1 epoch, training everything, learning rate 0.01, "),
                option(
                        "learning rate of the backbone",
                        builder -> builder.optBackboneLearningRateFactor(0.5),
                        WARNED,
                        "backbone factor 0.5, "),
                option("layer decay", builder -> builder.optLayerDecay(0.5), WARNED, "layer decay 0.5"),
                option(
                        "progressive resizing",
                        builder -> builder.optProgressiveResizing(12),
                        WARNED,
                        "image sizes [12]] now, "),
                option(
                        "optimizer",
                        builder -> builder.optOptimizer(Optimizers.sgd()),
                        REFUSED,
                        "- optOptimizer: SGD with momentum 0.9, weight decay 1.0E-4 now, AdamW"),
                option("seed", builder -> builder.optSeed(9), REFUSED, "- optSeed: 9 now, 8 in the checkpoint"),
                option(
                        "averaged weights",
                        builder -> builder.optEmaDecay(0.9),
                        REFUSED,
                        "- optEmaDecay: 0.9 now, off in the checkpoint"),
                option(
                        "gradient accumulation",
                        builder -> builder.optGradientAccumulation(2),
                        REFUSED,
                        "- optGradientAccumulation: 2 now, 1 in the checkpoint"),
                option(
                        "gradient clip norm",
                        builder -> builder.optGradientClipNorm(1),
                        WARNED,
                        "optGradientClipNorm: 1.0 now, off in the checkpoint" + WARNING),
                option(
                        "precision",
                        builder -> builder.optPrecision(Precision.BFLOAT16),
                        WARNED,
                        "optPrecision: BFLOAT16 now, FLOAT32 in the checkpoint" + WARNING),
                option(
                        "feature cache",
                        builder -> builder.optFeatureCache(false),
                        WARNED,
                        "feature cache: false now, true in the checkpoint" + WARNING),
                option(
                        "monitor",
                        builder -> builder.optMonitor("loss"),
                        REFUSED,
                        "- optMonitor: validation_loss now, validation_mean_accuracy in the checkpoint"),
                option(
                        "last weights",
                        builder ->
                                builder.optMonitor(Monitor.of("mean_accuracy").keepLastWeights()),
                        REFUSED,
                        "- optMonitor: validation_mean_accuracy, keepLastWeights() now, validation_mean_accuracy in"),
                option(
                        "least gain",
                        builder -> builder.optEarlyStopping(MonitorRule.NEVER, 0.01),
                        WARNED,
                        "minDelta of optEarlyStopping: 0.01 now, 0.0 in the checkpoint" + WARNING),
                option(
                        "patience",
                        builder -> builder.optEarlyStopping(3),
                        WARNED,
                        "optEarlyStopping: 3 epochs now, none in the checkpoint" + WARNING),
                option("limit of batches that are not finite", builder -> builder.optNonFiniteLimit(1), ACCEPTED, ""),
                option(
                        "checkpoint interval",
                        builder -> builder.optCheckpoints(
                                CheckpointOptions.in(Path.of("")).everySteps(1)),
                        ACCEPTED,
                        ""),
                environment("device", "gpu(0)", "device: CPU now, GPU 0 in the checkpoint" + ROUNDING),
                environment("wide depthwise kernels", "some", " now, some in the checkpoint" + ROUNDING),
                environment("threads of PyTorch", "128", " now, 128 in the checkpoint" + ROUNDING),
                environment("version of the library", "0.0.1", " now, 0.0.1 in the checkpoint" + ROUNDING),
                environment("version of DJL", "0.1.0", " now, 0.1.0 in the checkpoint" + ROUNDING),
                environment("version of PyTorch", "1.0", " now, 1.0 in the checkpoint" + ROUNDING),
                new Change(
                        "random numbers of an earlier release",
                        resumed -> resumed.checkpoint = settings -> settings.remove("random numbers of steps"),
                        WARNED,
                        "random numbers of steps: seeds of 64 bits now, seeds of 32 bits in the checkpoint" + WARNING));
    }

    static Stream<Change> data() {
        return Stream.of(
                training(
                        "batch size",
                        data -> data.with("batch size", "5"),
                        REFUSED,
                        "- batch size of the training data: 5 now, 4 in the checkpoint"),
                training(
                        "augmentation",
                        data -> data.with("augmentation", "strong"),
                        REFUSED,
                        "- augmentation of the training data: strong now, none in the checkpoint"),
                training(
                        "number of training images",
                        data -> data.first(7),
                        REFUSED,
                        "- training images: 7 now, 8 in the checkpoint"),
                training(
                        "labels of training images",
                        data -> data.relabelled(1, 4),
                        REFUSED,
                        "- labels of the training images: those of 2 of 8 are not as in the checkpoint: [toy1.png, toy4.png];"
                                + " if the table was split again because labels changed, keep the split with"
                                + " ImageTable.writeSplit(file) and take it with table.split(file)"),
                training("moved training images", data -> data.moved("elsewhere/"), ACCEPTED, ""),
                training("copied training images", data -> data.written(0, 1, 2, 3, 4, 5, 6, 7), ACCEPTED, ""),
                training(
                        "training images written again",
                        data -> data.written(2),
                        WARNED,
                        "files of the training images: 1 of 8 were written since the checkpoint, with the same length:"
                                + " [toy2.png]" + WARNING),
                training(
                        "length of training images",
                        data -> data.longer(3, 5),
                        WARNED,
                        "files of the training images: 2 of 8 have another length than in the checkpoint: [toy3.png,"
                                + " toy5.png]" + WARNING),
                training(
                        "what may change of the training data",
                        data -> data.withFree("name", "b"),
                        WARNED,
                        "name of the training data: b now, a in the checkpoint" + WARNING),
                validation(
                        "number of validation images",
                        data -> data.first(7),
                        REFUSED,
                        "- validation images: 7 now, 8 in the checkpoint"),
                validation(
                        "labels of validation images",
                        data -> data.relabelled(0),
                        REFUSED,
                        "- labels of the validation images: those of 1 of 8 are not as in the checkpoint: [toy0.png]"),
                validation(
                        "length of validation images",
                        data -> data.longer(0),
                        WARNED,
                        "files of the validation images: 1 of 8 have another length"),
                validation(
                        "batch size of the validation data",
                        data -> data.with("batch size", "5"),
                        WARNED,
                        "batch size of the validation data: 5 now, 4 in the checkpoint" + WARNING),
                validation(
                        "augmentation of the validation data",
                        data -> data.with("augmentation", "strong"),
                        ACCEPTED,
                        ""),
                validation(
                        "box crop of the validation data",
                        data -> data.with("box crop", "margin 0.1"),
                        REFUSED,
                        "- box crop of the validation data: margin 0.1 now, none in the checkpoint"));
    }

    private static Backbone toy(String name, boolean clipped, double epsilon, int stride) {
        NetworkBuilder network = Network.builder(name)
                .stage("all")
                .norms(epsilon, 0.1)
                .conv("conv1", 4, 3, stride)
                .norm("bn1");
        (clipped ? network.relu6("relu1") : network.relu("relu1")).globalAveragePool("pool");
        return Backbones.of(network.build(), Preprocessing.imageNet(16).squashed());
    }

    @BeforeAll
    void train(@TempDir Path folder) throws IOException {
        images = Toy.data(HEADS, IMAGES, 4);
        try (MultiLabelTrainer trainer =
                usual(new Resumed()).optCheckpoints(folder).build()) {
            trainer.fit(new Described(images), new Described(images));
        }
        saved = CheckpointSamples.newest(folder);
    }

    private static MultiLabelTrainerBuilder usual(Resumed resumed) {
        return resumed.builder.setBackbone(toy("toy", false, 1e-5, 2));
    }

    @AfterAll
    void close() {
        images.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"modelAndLosses", "optimisationAndControl", "data"})
    void aChangedSettingIsRefusedOrComesWithAWarning(Change change, @TempDir Path copy) throws IOException {
        Resumed resumed = new Resumed();
        usual(resumed);
        change.change().accept(resumed);

        if (change.outcome() == REFUSED) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> resume(resumed, copy))
                    .withMessageContainingAll(
                            change.message(),
                            "These may change: optTestTimeFlip, HeadOptions.lossWeight, phases, optSchedule");
        } else {
            String warnings = warnings(() -> resume(resumed, copy));
            if (change.outcome() == WARNED) {
                assertThat(warnings.lines()).singleElement().asString().contains(change.message());
            } else {
                assertThat(warnings).isEmpty();
            }
        }
    }

    /** Of the training; PyTorch and DJL have their own. */
    private static String warnings(StandardError.Action<IOException> action) throws IOException {
        return StandardError.during(action)
                .lines()
                .filter(line -> line.contains("MultiLabelTrainer - ") && !line.contains("has no effect"))
                .collect(Collectors.joining("\n"));
    }

    private void resume(Resumed resumed, Path copy) throws IOException {
        Path checkpoint = copy.resolve(saved.getFileName());
        Files.createDirectory(checkpoint);
        for (String file : List.of("checkpoint.json", "state.safetensors", "checksums.json")) {
            Files.copy(saved.resolve(file), checkpoint.resolve(file));
        }
        CheckpointSamples.change(checkpoint, resumed.checkpoint);
        CheckpointOptions options = CheckpointOptions.in(copy).resume();
        try (MultiLabelTrainer trainer = resumed.builder.optCheckpoints(options).build()) {
            resumed.made.accept(trainer);
            trainer.fit(resumed.training.apply(new Described(images)), resumed.validation.apply(new Described(images)));
        }
    }

    @Test
    void allThatDiffersIsInOneMessage(@TempDir Path copy) {
        Resumed resumed = new Resumed();
        usual(resumed).optSeed(9).optBatchMix(BatchMix.mixUp(0.2)).optLearningRate(1);
        resumed.training = data -> data.relabelled(1).with("batch size", "5");
        resumed.validation = data -> data.relabelled(2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> resume(resumed, copy))
                .withMessageContainingAll(
                        "- optSeed",
                        "- optBatchMix",
                        "- batch size",
                        "- labels of the training",
                        "- labels of the validation")
                .withMessageNotContaining("- phases");
    }

    /** Earlier releases compared names and labels by one checksum, and only warned. */
    @Test
    void aCheckpointWithoutRowsIsComparedAsBefore(@TempDir Path copy) throws IOException {
        Resumed resumed = new Resumed();
        usual(resumed);
        resumed.training = data -> data.moved("elsewhere/").withoutRows();
        resumed.validation = Described::withoutRows;
        try (MultiLabelTrainer trainer =
                usual(new Resumed()).optCheckpoints(copy).build()) {
            trainer.fit(new Described(images).withoutRows(), new Described(images).withoutRows());
        }
        String warnings = warnings(() -> {
            try (MultiLabelTrainer trainer = resumed.builder
                    .optCheckpoints(CheckpointOptions.in(copy).resume())
                    .build()) {
                trainer.fit(new Described(images).moved("elsewhere/"), new Described(images));
            }
        });
        assertThat(warnings.lines())
                .singleElement()
                .asString()
                .contains("names and labels of the training images: fingerprint ", WARNING);
    }

    @Test
    void validationThatDoesNotChooseTheBestEpochMayChange(@TempDir Path copy) throws IOException {
        UnaryOperator<MultiLabelTrainerBuilder> byTraining = builder -> builder.optMonitor("train_loss");
        try (MultiLabelTrainer trainer =
                byTraining.apply(usual(new Resumed())).optCheckpoints(copy).build()) {
            trainer.fit(new Described(images), new Described(images));
        }
        String warnings = warnings(() -> {
            try (MultiLabelTrainer trainer = byTraining
                    .apply(usual(new Resumed()))
                    .optCheckpoints(CheckpointOptions.in(copy).resume())
                    .build()) {
                trainer.fit(new Described(images), new Described(images).relabelled(2));
            }
        });
        assertThat(warnings.lines())
                .singleElement()
                .asString()
                .contains("labels of the validation images: those of 1 of 8 are not as in the checkpoint: [toy2.png]");
    }

    /** A data set whose description can be changed. */
    private static final class Described extends ForwardingDataset {

        private final MultiLabelDataset data;
        private final Map<String, String> compared =
                new LinkedHashMap<>(Map.of("batch size", "4", "augmentation", "none", "box crop", "none"));
        private final Map<String, String> free = new LinkedHashMap<>(Map.of("name", "a"));
        private final int[] lengths = new int[IMAGES];
        private final int[] times = new int[IMAGES];
        private final boolean[] relabelled = new boolean[IMAGES];
        private String prefix = "";
        private int size = IMAGES;
        private boolean hasRows = true;

        Described(MultiLabelDataset data) {
            super(data);
            this.data = data;
        }

        Described with(String key, String value) {
            compared.put(key, value);
            return this;
        }

        Described withFree(String key, String value) {
            free.put(key, value);
            return this;
        }

        Described withoutRows() {
            hasRows = false;
            return this;
        }

        Described first(int images) {
            size = images;
            return this;
        }

        Described moved(String folder) {
            prefix = folder;
            return this;
        }

        Described longer(int... rows) {
            Arrays.stream(rows).forEach(row -> lengths[row]++);
            return this;
        }

        Described written(int... rows) {
            Arrays.stream(rows).forEach(row -> times[row]++);
            return this;
        }

        Described relabelled(int... rows) {
            Arrays.stream(rows).forEach(row -> relabelled[row] = true);
            return this;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public String source(int index) {
            return prefix + data.source(index);
        }

        @Override
        public Labels labels(int index) {
            int shape = data.labels(index).indices("shape").get(0);
            int colour = data.labels(index).indices("colour").get(0);
            return relabelled[index] ? Toy.labels(HEADS, colour, 1 - shape) : data.labels(index);
        }

        @Override
        public DatasetDescription describe(DataPass pass) {
            int[] none = new int[0];
            int[] labels = RowFingerprints.ofLabels(this).labels();
            Map<String, String> ofPass = new LinkedHashMap<>(compared);
            Map<String, String> freeOfPass = new LinkedHashMap<>(free);
            if (!pass.training()) { // which shuffles and augments nothing, and has the same numbers in any batch
                ofPass.remove("augmentation");
                freeOfPass.put("batch size", ofPass.remove("batch size"));
            }
            return new DatasetDescription(
                    ofPass,
                    freeOfPass,
                    new RowFingerprints(
                            hasRows ? labels : none,
                            hasRows ? Arrays.copyOf(lengths, size) : none,
                            hasRows ? Arrays.copyOf(times, size) : none));
        }
    }
}
