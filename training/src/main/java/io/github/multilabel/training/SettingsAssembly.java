package io.github.multilabel.training;

import ai.djl.Device;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.heads.KeptHeads;
import io.github.multilabel.model.network.Network;
import io.github.multilabel.training.internal.loop.Checkpoints;
import io.github.multilabel.training.internal.settings.AnswerSettings;
import io.github.multilabel.training.internal.settings.CheckpointSettings;
import io.github.multilabel.training.internal.settings.ControlSettings;
import io.github.multilabel.training.internal.settings.ModelSettings;
import io.github.multilabel.training.internal.settings.MonitorRule;
import io.github.multilabel.training.internal.settings.OptimisationSettings;
import io.github.multilabel.training.internal.settings.Phases;
import io.github.multilabel.training.internal.settings.TimeLimit;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import io.github.multilabel.training.schedule.Phase;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings that usable options of a builder mean. */
final class SettingsAssembly {

    private static final Logger LOG = LoggerFactory.getLogger(MultiLabelTrainer.class);

    /** Of which the sides of an input are that follow from a shape: memory and kernels like them. */
    private static final int LEAST_MULTIPLE = 8;

    private final TrainerOptions options;
    private final HeadSet heads;
    private final Backbone backbone;
    private final HeadSet mainHeads;

    private SettingsAssembly(TrainerOptions options) {
        this.options = options;
        heads = options.heads().orElseThrow();
        backbone = options.backbone().orElseThrow();
        mainHeads = options.ofHeads.mainHeads(heads);
    }

    /** @throws IOException if {@code AUTO} is to go on from checkpoints that cannot be read */
    static TrainingSettings of(TrainerOptions options) throws IOException {
        SettingsAssembly assembly = new SettingsAssembly(options);
        assembly.warnOfRandomFeatures();
        assembly.warnOfPatience();
        return new TrainingSettings(
                assembly.model(),
                options.ofHeads.losses(assembly.heads, options.balancing, options.mix.value()),
                assembly.optimisation(),
                assembly.control());
    }

    /**
     * The model of some settings, with first weights.
     *
     * @param settings those that the options mean
     * @return to be closed by the caller
     */
    static MultiLabelModel newModel(TrainerOptions options, TrainingSettings settings) throws IOException {
        ModelSettings model = settings.model();
        Device device = settings.optimisation().device();
        long seed = settings.optimisation().seed();
        if (options.model.value().isEmpty()) {
            return MultiLabelModel.create(
                    model.backbone(),
                    model.heads(),
                    model.layers(),
                    model.preprocessing(),
                    model.testTimeFlip(),
                    device,
                    seed);
        }
        return MultiLabelModel.createFrom(
                options.model.value().get(),
                model.heads(),
                model.layers(),
                model.preprocessing(),
                model.testTimeFlip(),
                device,
                seed);
    }

    /** What the model of some settings keeps of the one that it begins with, if it does; logs it, and what is lost. */
    static Optional<KeptHeads> keptHeads(TrainerOptions options, TrainingSettings settings) {
        ModelSettings model = settings.model();
        Optional<KeptHeads> kept = options.model
                .value()
                .map(begun -> KeptHeads.of(begun.heads(), begun.headLayers(), model.heads(), model.layers()));
        kept.ifPresent(
                heads -> LOG.info("going on with {}: {}", options.model.value().orElseThrow(), heads));
        options.model.value().ifPresent(begun -> ForgottenAnswers.of(begun, model.answers())
                .forEach(LOG::warn));
        return kept;
    }

    static Device device(TrainerOptions options) {
        return options.device.value().orElseGet(() -> TorchEngine.get().defaultDevice());
    }

    private ModelSettings model() {
        Preprocessing preprocessing = options.preprocessing.value().orElse(backbone.preprocessing());
        preprocessing = preprocessing.withSize(size(preprocessing.size()));
        return new ModelSettings(
                heads,
                mainHeads,
                options.layers(heads),
                backbone,
                cropMode().map(preprocessing::withCropMode).orElse(preprocessing),
                options.testTimeFlip.orElseGet(() -> options.model
                        .value()
                        .map(MultiLabelModel::isTestTimeFlip)
                        .orElse(false)),
                new AnswerSettings(
                        options.rules,
                        options.surePrecision,
                        options.isCalibrated,
                        options.answerPrecision,
                        options.tagThresholds,
                        options.unusualRate));
    }

    /** What is given, else what a recipe has for a backbone; a saved model keeps its own. */
    private Optional<CropMode> cropMode() {
        return options.cropMode
                .value()
                .or(() -> options.model.value().isPresent() ? Optional.empty() : options.usualCropMode);
    }

    private ImageSize size(ImageSize usual) {
        ImageSize size = options.imageHeight.isPresent()
                ? new ImageSize(options.imageHeight.getAsInt(), options.imageWidth.orElseThrow())
                : usual;
        if (options.aspectRatio.isEmpty()) {
            return size;
        }
        int patch = backbone.network().map(Network::patchSize).orElse(1);
        return size.withAspectRatio(options.aspectRatio.getAsDouble(), Math.max(LEAST_MULTIPLE, patch));
    }

    private OptimisationSettings optimisation() throws IOException {
        Device device = device(options);
        return new OptimisationSettings(
                phases(),
                options.optimizer,
                options.gradientClipNorm,
                options.gradientAccumulation,
                options.emaDecay,
                precision(device),
                device,
                options.featureCache,
                options.seed);
    }

    private ControlSettings control() {
        Monitor monitor = options.monitor;
        return new ControlSettings(
                MonitorRule.of(mainHeads, monitor.metric(), options.patience, options.minDelta),
                monitor.restoresBestWeights(),
                options.nonFiniteLimit,
                options.checkpoints
                        .value()
                        .map(checkpoints -> new CheckpointSettings(
                                checkpoints.folder(),
                                checkpoints.steps(),
                                checkpoints.resumes(),
                                checkpoints.overwrites())),
                options.timeLimit.value().map(limit -> new TimeLimit(limit, options.clock)),
                options.progress,
                options.listeners,
                options.group.value(),
                false);
    }

    /** A training that is resumed keeps its precision: another measurement might find another. */
    private Precision precision(Device device) throws IOException {
        Optional<CheckpointOptions> resumed = options.checkpoints.value().filter(CheckpointOptions::resumes);
        if (options.precision == Precision.AUTO && resumed.isPresent()) {
            Optional<Precision> saved = Checkpoints.precision(resumed.get().folder());
            if (saved.isPresent()) {
                LOG.info("precision AUTO is {}, as in the training that is resumed", saved.get());
                return saved.get().resolve(device);
            }
        }
        return options.precision.resolve(device);
    }

    /** The phases without an empty component. */
    private List<Phase> phases() {
        Phase defaults = options.phaseDefaults
                .withLearningRate(options.learningRate.orElse(options.optimizer.defaultLearningRate()))
                .withSchedule(options.schedule);
        return options.askedPhases().stream()
                .map(phase -> Phases.complete(phase, defaults))
                .toList();
    }

    private void warnOfPatience() {
        List<Phase> phases = options.askedPhases();
        int epochs = phases.get(phases.size() - 1).epochs();
        if (options.patience >= epochs && options.patience != MonitorRule.NEVER) {
            LOG.warn(
                    "optEarlyStopping({}) has no effect: the last phase, in which it counts, has {}; fewer are needed",
                    options.patience,
                    epochs == 1 ? "1 epoch" : epochs + " epochs");
        }
    }

    private void warnOfRandomFeatures() {
        if (!backbone.isPretrained()
                && options.askedPhases().stream().anyMatch(phase -> phase.part() != Phase.Part.ALL)) {
            LOG.warn(
                    "the backbone {} has random weights, and freezing random features teaches the heads little: give it"
                            + " weights with pretrained(), or train everything from the first epoch",
                    backbone);
        }
    }
}
