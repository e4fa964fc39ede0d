package io.github.multilabel.training;

import ai.djl.Device;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.combination.Rule;
import io.github.multilabel.model.heads.KeptHeads;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.event.TrainingListener;
import io.github.multilabel.training.group.TrainingGroup;
import io.github.multilabel.training.internal.settings.GroupSettings;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import io.github.multilabel.training.mix.BatchMix;
import io.github.multilabel.training.optimizer.OptimizerSettings;
import io.github.multilabel.training.optimizer.Optimizers;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import io.github.multilabel.training.schedule.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** Builds a {@link MultiLabelTrainer}. {@link #build} checks all options at once. For one thread. */
public final class MultiLabelTrainerBuilder {

    private final TrainerOptions options = new TrainerOptions();

    MultiLabelTrainerBuilder() {}

    /** Sets the heads of the model, in order: those of the training data. */
    public MultiLabelTrainerBuilder setHeads(HeadSet heads) {
        options.heads.give(heads);
        return this;
    }

    /** Sets the backbone network, for example {@code Backbones.resnet34()}. */
    public MultiLabelTrainerBuilder setBackbone(Backbone backbone) {
        options.backbone.give(backbone);
        return this;
    }

    /**
     * Begins with the weights of a model, which {@link #build} copies, in place of a backbone; heads, head layers,
     * preprocessing and test-time flip are its own unless given, see {@link MultiLabelTrainer#keptHeads}. How its heads
     * answer together and what they are sure of is not carried over; a warning says so where it is not asked for again
     * with {@link #optCombinations} and {@link #optSurePrecision}.
     */
    public MultiLabelTrainerBuilder setModel(MultiLabelModel model) {
        options.model.give(model);
        return this;
    }

    /** Sets the options of one head, by its name, at most once for each: its loss, loss weight, layers, and others. */
    public MultiLabelTrainerBuilder addHeadOptions(String head, HeadOptions headOptions) {
        options.ofHeads.add(head, headOptions);
        return this;
    }

    /** Sets the number of passes over the training images, at least 1; 10 by default, or the epochs of all phases. */
    public MultiLabelTrainerBuilder optEpochs(int epochs) {
        options.epochs = OptionalInt.of(epochs);
        return this;
    }

    /** Trains the heads alone in the first epochs: {@link Phase#heads} before {@link Phase#all}; 0 by default. */
    public MultiLabelTrainerBuilder optFreezeEpochs(int epochs) {
        options.freezeEpochs = OptionalInt.of(epochs);
        return this;
    }

    /** Adds a phase, in place of {@link #optEpochs}, {@link #optFreezeEpochs} and {@link #optFineTuning}. */
    public MultiLabelTrainerBuilder addPhase(Phase phase) {
        options.phases.add(phase);
        return this;
    }

    /**
     * Sets the options of a recipe for a pretrained backbone: so many epochs in total, the first for the heads alone;
     * one-cycle rates up to 3e-3, 0.33 of that for the backbone; label smoothing of 0.05, {@link Optimizers#adamW()},
     * and whole images ({@link CropMode#SQUASH}), unless {@link #setModel} has a crop mode of its own. Options that are
     * set after it win; {@link #addPhase} after it is refused, and phases that were added before it are removed.
     */
    public MultiLabelTrainerBuilder optFineTuning(int epochs) {
        options.phases.clear();
        options.usualCropMode = Optional.of(CropMode.SQUASH);
        return optFreezeEpochs(1)
                .optEpochs(epochs)
                .optOptimizer(Optimizers.adamW())
                .optSchedule(LearningRateSchedule.oneCycle())
                .optLearningRate(3e-3)
                .optBackboneLearningRateFactor(0.33)
                .optLabelSmoothing(0.05);
    }

    /** Sets the optimizer; {@link Optimizers#adamW()} by default. */
    public MultiLabelTrainerBuilder optOptimizer(OptimizerSettings optimizer) {
        options.optimizer = optimizer;
        return this;
    }

    /** Sets the learning rate before the schedule, above 0; default {@link OptimizerSettings#defaultLearningRate}. */
    public MultiLabelTrainerBuilder optLearningRate(double learningRate) {
        options.learningRate = OptionalDouble.of(learningRate);
        return this;
    }

    /** Sets the schedule of each phase; {@link LearningRateSchedule#cosine()} by default. */
    public MultiLabelTrainerBuilder optSchedule(LearningRateSchedule schedule) {
        options.schedule = schedule;
        return this;
    }

    /** Sets the learning rate of the backbone over the heads', above 0; 1 by default, 0.1 to 0.5 if pretrained. */
    public MultiLabelTrainerBuilder optBackboneLearningRateFactor(double factor) {
        options.phaseDefaults = options.phaseDefaults.withBackboneLearningRateFactor(factor);
        return this;
    }

    /** Sets the rate of a backbone stage over that of the next, 0.6 to 0.95 (Howard and Ruder 2018); 1 by default. */
    public MultiLabelTrainerBuilder optLayerDecay(double factor) {
        options.phaseDefaults = options.phaseDefaults.withLayerDecay(factor);
        return this;
    }

    /**
     * Trains on other heights and widths, each for as many epochs, at least 1, of a phase; evaluation keeps its size.
     */
    public MultiLabelTrainerBuilder optProgressiveResizing(int... pixels) {
        options.phaseDefaults = options.phaseDefaults.withProgressiveResizing(pixels);
        return this;
    }

    /**
     * Sets the label smoothing in [0, 1) of all single-label heads whose {@link HeadOptions} have neither a loss nor a
     * smoothing, see {@link Losses#crossEntropy(double)}; 0 by default, 0.05 to 0.1 is usual.
     */
    public MultiLabelTrainerBuilder optLabelSmoothing(double smoothing) {
        options.ofHeads.labelSmoothing = smoothing;
        return this;
    }

    /** Sets the dropout in [0, 1) of all heads whose {@link HeadOptions} have none; 0 by default, 0.2 is usual. */
    public MultiLabelTrainerBuilder optDropout(double rate) {
        options.ofHeads.dropout = OptionalDouble.of(rate);
        return this;
    }

    /** Balances the losses of the heads against each other, beside their loss weights; not at all by default. */
    public MultiLabelTrainerBuilder optLossBalancing(LossBalancing balancing) {
        options.balancing = balancing;
        return this;
    }

    /** Blends training images with others of their batch, and their labels with them; not at all by default. */
    public MultiLabelTrainerBuilder optBatchMix(BatchMix mix) {
        options.mix.give(mix);
        return this;
    }

    /**
     * Sets the data type of the backbone's convolutions, in training and evaluation; {@code FLOAT32} by default. In
     * {@code FLOAT16} the loss is scaled, as by PyTorch's {@code GradScaler}, and a few steps are skipped at the start.
     * {@code AUTO} measures once in the life of the JVM; a training that is resumed keeps its precision.
     */
    public MultiLabelTrainerBuilder optPrecision(Precision precision) {
        options.precision = precision;
        return this;
    }

    /** Sets the preprocessing of every image; by default that of the backbone. */
    public MultiLabelTrainerBuilder optPreprocessing(Preprocessing preprocessing) {
        options.preprocessing.give(preprocessing);
        return this;
    }

    /** Sets height and width of the model's input, a square, in pixels; by default those of the preprocessing. */
    public MultiLabelTrainerBuilder optImageSize(int pixels) {
        return optImageSize(pixels, pixels);
    }

    /** Sets height and width of the model's input in pixels; by default those of the preprocessing. */
    public MultiLabelTrainerBuilder optImageSize(int height, int width) {
        options.imageHeight = OptionalInt.of(height);
        options.imageWidth = OptionalInt.of(width);
        return this;
    }

    /**
     * Gives the model's input the shape of the images, such as {@code train.medianAspectRatio()}, and as many pixels as
     * the image size has: 184 x 272 for 224 and a ratio of 1.48. By default the input keeps its shape, a square.
     *
     * @param widthByHeight of most images; see {@link ImageSize#withAspectRatio}
     */
    public MultiLabelTrainerBuilder optAspectRatio(double widthByHeight) {
        options.aspectRatio = OptionalDouble.of(widthByHeight);
        return this;
    }

    /** Sets how an image of another shape becomes the input; by default as the preprocessing does. */
    public MultiLabelTrainerBuilder optCropMode(CropMode cropMode) {
        options.cropMode.give(cropMode);
        return this;
    }

    /** Averages over each image and its mirror image in prediction, though not after each epoch; off by default. */
    public MultiLabelTrainerBuilder optTestTimeFlip(boolean testTimeFlip) {
        options.testTimeFlip = Optional.of(testTimeFlip);
        return this;
    }

    /**
     * Lets the model also answer all single-label heads together, by which of their categories go together in the
     * training labels: see {@link io.github.multilabel.model.combination.Combinations}. How much each head counts is
     * chosen on the validation images. Without this option, the heads of a hierarchy are answered together.
     *
     * @param rules what is never answered, perhaps nothing
     */
    public MultiLabelTrainerBuilder optCombinations(Rule... rules) {
        for (Rule rule : Given.require(rules, "rules", "e.g. Rule.forbid(\"type=Van\", \"brand=Audi\")")) {
            Given.require(rule, "rules", "e.g. Rule.forbid(\"type=Van\", \"brand=Audi\")");
        }
        options.rules = Optional.of(List.of(rules));
        return this;
    }

    /**
     * Lets predictions tell of which heads of a hierarchy they are sure, see
     * {@link io.github.multilabel.evaluation.SureLevels}; they do not by default. From which probability on is chosen
     * on the validation images.
     *
     * @param precision the fraction of sure answers that shall be right, between 0 and 1
     */
    public MultiLabelTrainerBuilder optSurePrecision(double precision) {
        options.surePrecision = OptionalDouble.of(precision);
        return this;
    }

    /**
     * Sets whether the probabilities of the trained model are calibrated on the validation images, so that of answers
     * with a probability of 0.97, 97 of 100 are right; on by default. What is answered does not change, only how
     * probable it is said to be; so does the loss of the model, but not the losses that epochs report. See
     * {@link io.github.multilabel.evaluation.CalibratedAnswers}.
     */
    public MultiLabelTrainerBuilder optCalibration(boolean calibration) {
        options.isCalibrated = calibration;
        return this;
    }

    /**
     * Lets single-label heads answer "unknown" rather than wrong, see
     * {@link io.github.multilabel.model.prediction.HeadPrediction#unknown}; they always answer by default. Below which
     * probability is chosen on the validation images, see
     * {@link io.github.multilabel.evaluation.calibration.AbstentionFit}.
     *
     * @param precision the fraction of answers that shall be right, between 0 and 1
     */
    public MultiLabelTrainerBuilder optAnswerPrecision(double precision) {
        options.answerPrecision = OptionalDouble.of(precision);
        return this;
    }

    /**
     * Sets whether each tag is predicted from a probability of its own on, where its F1 is highest on the validation
     * images; off by default, which means from 0.5 on, before calibration. See
     * {@link io.github.multilabel.evaluation.calibration.TagThresholds}.
     */
    public MultiLabelTrainerBuilder optTagThresholds(boolean tagThresholds) {
        options.tagThresholds = tagThresholds;
        return this;
    }

    /**
     * Lets predictions tell how far an image is from those that the model has learned from, and answer "unknown" for
     * all heads where it is unusual, see {@link io.github.multilabel.model.prediction.Prediction#isUnusual}; they do
     * not by default. What usual features are is learned from the training images, at most 10,000 of them, without
     * augmentation; from which distance on an image is unusual is chosen on the validation images.
     *
     * @param rate the share of images like those of the validation that may be called unusual, between 0 and 1
     */
    public MultiLabelTrainerBuilder optUnusualRate(double rate) {
        options.unusualRate = OptionalDouble.of(rate);
        return this;
    }

    /** Sets the random seed for weights, shuffling and augmentation; 0 by default. */
    public MultiLabelTrainerBuilder optSeed(long seed) {
        options.seed = seed;
        return this;
    }

    /** Sets the device to train on; by default a GPU if PyTorch sees one, otherwise the CPU. */
    public MultiLabelTrainerBuilder optDevice(Device device) {
        options.device.give(device);
        return this;
    }

    /** Computes the features of a frozen backbone once where images stay the same, up to rounding; on by default. */
    public MultiLabelTrainerBuilder optFeatureCache(boolean featureCache) {
        options.featureCache = featureCache;
        return this;
    }

    /**
     * Evaluates and saves an exponential moving average of the weights, running statistics included, in place of the
     * weights; off by default. A decay of 0.999 averages over about 1,000 steps, which should be a small part of the
     * training. After step t it is {@code min(decay, (1 + t) / (10 + t))}.
     */
    public MultiLabelTrainerBuilder optEmaDecay(double decay) {
        options.emaDecay = OptionalDouble.of(decay);
        return this;
    }

    /** Makes one step of several batches as if they were one, but for batch norm, for less memory; 1 by default. */
    public MultiLabelTrainerBuilder optGradientAccumulation(int batches) {
        options.gradientAccumulation = batches;
        return this;
    }

    /** Scales a gradient whose norm over all parameters is greater down to this norm, above 0; no limit by default. */
    public MultiLabelTrainerBuilder optGradientClipNorm(double norm) {
        options.gradientClipNorm = norm;
        return this;
    }

    /** Fails after so many batches in a row, at least 1, whose loss or gradient is not finite; 5 by default. */
    public MultiLabelTrainerBuilder optNonFiniteLimit(int batches) {
        options.nonFiniteLimit = batches;
        return this;
    }

    /** Chooses the best epoch by a metric and restores its weights; {@code mean_accuracy} by default. */
    public MultiLabelTrainerBuilder optMonitor(String metric) {
        return optMonitor(Monitor.of(metric));
    }

    /** Sets the metric that chooses the best epoch, and what follows from it. */
    public MultiLabelTrainerBuilder optMonitor(Monitor monitor) {
        options.monitor = monitor;
        return this;
    }

    /**
     * Ends the training after so many epochs in a row, at least 1, without a gain of the {@link Monitor}; never by
     * default. Only epochs of the last phase count. Without validation images the metric of the training images counts.
     */
    public MultiLabelTrainerBuilder optEarlyStopping(int patience) {
        return optEarlyStopping(patience, 0);
    }

    /** As {@link #optEarlyStopping(int)}; a gain must exceed minDelta, at least 0, in the unit of the metric. */
    public MultiLabelTrainerBuilder optEarlyStopping(int patience, double minDelta) {
        options.patience = patience;
        options.minDelta = minDelta;
        return this;
    }

    /**
     * Limits the time of a training, validation included; not at all by default. Some steps are measured first, then as
     * many epochs are laid out as there is time for, at most those that are set: the learning rate ends where its
     * schedule ends. If the machine becomes slower meanwhile, epochs end early. A training that is resumed keeps what
     * it chose and counts the time that it took; one that had not made a step chooses anew.
     */
    public MultiLabelTrainerBuilder optTimeLimit(Duration limit) {
        options.timeLimit.give(limit);
        return this;
    }

    /** For tests: time goes by another clock. */
    MultiLabelTrainerBuilder withClock(LongSupplier nanoTime) {
        options.clock = nanoTime;
        return this;
    }

    /** Shows a progress bar on standard error; by default if this process has a console. */
    public MultiLabelTrainerBuilder optProgress(boolean progress) {
        options.progress = progress;
        return this;
    }

    /** Saves checkpoints in a folder after each epoch, which must not have a training: {@link CheckpointOptions#in}. */
    public MultiLabelTrainerBuilder optCheckpoints(Path folder) {
        return optCheckpoints(CheckpointOptions.in(folder));
    }

    /** Saves checkpoints, and goes on from them if {@link CheckpointOptions#resume} is set; none by default. */
    public MultiLabelTrainerBuilder optCheckpoints(CheckpointOptions checkpoints) {
        options.checkpoints.give(checkpoints);
        return this;
    }

    /**
     * Makes the training a member of a group, each of which learns from its share of the images: after some steps of
     * each, and at the end of each epoch, their weights, running statistics and moving averages become the mean of all,
     * weighted by the images that each has seen since (local SGD, Stich 2019, arXiv 1805.09767). The state of optimizer
     * and loss balancing stays with each member. Metrics are of the images of all, so that all members choose the same
     * best epoch and answer alike in the end; not at all by default.
     *
     * <p>Data sets tell the labels of all images, and their batches have those of the member's share. Checkpoints are
     * saved after averages, and at the same of them by all members. A learning rate is looked for by one member alone.
     *
     * @param group reached by this member; not closed
     * @param period after how many steps, at least 1; more steps cost less time and, in the end, some accuracy
     */
    public MultiLabelTrainerBuilder optGroup(TrainingGroup group, int period) {
        options.group.give(group == null ? null : new GroupSettings(group, period));
        return this;
    }

    /** Adds a listener to all events of the training; {@link TrainingListener#onEpoch} makes one for epochs alone. */
    public MultiLabelTrainerBuilder addListener(TrainingListener listener) {
        options.listeners.add(listener);
        return this;
    }

    /** Checks the options as {@link #build} does, without making the model: before images are downloaded, say. */
    public void requireUsable() {
        OptionChecks.requireUsable(options);
    }

    /**
     * Makes the trainer, to be closed by the caller, and its model, with the backbone's weights and random heads.
     *
     * @throws io.github.multilabel.core.InvalidOptionsException naming everything that is missing or wrong
     * @throws IOException if weights, or checkpoints to go on from, cannot be fetched or read, or do not fit
     */
    public MultiLabelTrainer build() throws IOException {
        requireUsable();
        TrainingSettings settings = SettingsAssembly.of(options);
        Optional<KeptHeads> kept = SettingsAssembly.keptHeads(options, settings);
        return new MultiLabelTrainer(settings, SettingsAssembly.newModel(options, settings), kept);
    }
}
