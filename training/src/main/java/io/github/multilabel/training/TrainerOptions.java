package io.github.multilabel.training;

import ai.djl.Device;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.internal.Terminal;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.combination.Rule;
import io.github.multilabel.model.heads.HeadLayers;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.event.TrainingListener;
import io.github.multilabel.training.internal.settings.GroupSettings;
import io.github.multilabel.training.internal.settings.MonitorRule;
import io.github.multilabel.training.mix.BatchMix;
import io.github.multilabel.training.optimizer.OptimizerSettings;
import io.github.multilabel.training.optimizer.Optimizers;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import io.github.multilabel.training.schedule.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** What a builder was given, not checked, and the defaults. */
final class TrainerOptions {

    private static final int EPOCHS = 10;

    final Choice<HeadSet> heads = new Choice<>();
    final Choice<Backbone> backbone = new Choice<>();
    /** The model that the training begins with, in place of a backbone. */
    final Choice<MultiLabelModel> model = new Choice<>();

    final OptionsOfHeads ofHeads = new OptionsOfHeads();
    OptionalInt epochs = OptionalInt.empty();
    OptionalInt freezeEpochs = OptionalInt.empty();
    final List<Phase> phases = new ArrayList<>();
    OptimizerSettings optimizer = Optimizers.adamW();
    OptionalDouble learningRate = OptionalDouble.empty();
    LearningRateSchedule schedule = LearningRateSchedule.cosine();
    Phase phaseDefaults = Phase.all(1).withBackboneLearningRateFactor(1).withLayerDecay(1);
    LossBalancing balancing = LossBalancing.fixed();
    final Choice<BatchMix> mix = new Choice<>();
    Precision precision = Precision.FLOAT32;
    final Choice<Preprocessing> preprocessing = new Choice<>();
    OptionalInt imageHeight = OptionalInt.empty();
    OptionalInt imageWidth = OptionalInt.empty();
    OptionalDouble aspectRatio = OptionalDouble.empty();
    final Choice<CropMode> cropMode = new Choice<>();
    /** Of a backbone, where {@link #cropMode} is not given. */
    Optional<CropMode> usualCropMode = Optional.empty();

    Optional<Boolean> testTimeFlip = Optional.empty();
    /** Of the answer of all heads together; empty if that is not wished. */
    Optional<List<Rule>> rules = Optional.empty();

    OptionalDouble surePrecision = OptionalDouble.empty();
    boolean isCalibrated = true;
    OptionalDouble answerPrecision = OptionalDouble.empty();
    boolean tagThresholds;
    OptionalDouble unusualRate = OptionalDouble.empty();
    long seed;
    final Choice<Device> device = new Choice<>();
    double gradientClipNorm = Double.POSITIVE_INFINITY;
    int gradientAccumulation = 1;
    OptionalDouble emaDecay = OptionalDouble.empty();
    boolean featureCache = true;
    int nonFiniteLimit = 5;
    boolean progress = Terminal.isThere();
    Monitor monitor = Monitor.of(Monitor.DEFAULT_METRIC);
    int patience = MonitorRule.NEVER;
    double minDelta;
    final Choice<CheckpointOptions> checkpoints = new Choice<>();
    final Choice<GroupSettings> group = new Choice<>();
    final Choice<Duration> timeLimit = new Choice<>();
    LongSupplier clock = System::nanoTime;
    final List<TrainingListener> listeners = new ArrayList<>();

    /** The heads that were given, or those of the model that the training begins with. */
    Optional<HeadSet> heads() {
        return heads.value().or(() -> model.value().map(MultiLabelModel::heads));
    }

    /** The backbone that was given, or that of the model that the training begins with. */
    Optional<Backbone> backbone() {
        return backbone.value().or(() -> model.value().map(MultiLabelModel::backbone));
    }

    /** The layers of every head. */
    Map<String, HeadLayers> layers(HeadSet heads) {
        return ofHeads.layers(
                heads, model.value().map(MultiLabelModel::headLayers).orElse(Map.of()));
    }

    /** The number of epochs without phases. */
    int allEpochs() {
        return epochs.orElse(EPOCHS);
    }

    /** The phases that were given, or those that epochs and frozen epochs are short for. */
    List<Phase> askedPhases() {
        if (!phases.isEmpty()) {
            return phases;
        }
        int frozen = freezeEpochs.orElse(0);
        int rest = allEpochs() - frozen;
        List<Phase> asked = new ArrayList<>();
        if (frozen > 0) {
            asked.add(Phase.heads(frozen));
        }
        if (rest > 0) {
            asked.add(Phase.all(rest));
        }
        return asked;
    }
}
