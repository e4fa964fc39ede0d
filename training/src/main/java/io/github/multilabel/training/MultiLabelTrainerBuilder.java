package io.github.multilabel.training;

import ai.djl.Device;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.internal.Terminal;
import io.github.multilabel.core.internal.options.Problems;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.core.torch.internal.TorchEngine;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.evaluation.loss.HeadLoss;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.event.TrainingListener;
import io.github.multilabel.training.internal.loop.CheckpointOptions;
import io.github.multilabel.training.internal.loop.Checkpoints;
import io.github.multilabel.training.internal.loop.MonitorRule;
import io.github.multilabel.training.internal.loop.Phases;
import io.github.multilabel.training.internal.loop.TrainingSettings;
import io.github.multilabel.training.mix.BatchMix;
import io.github.multilabel.training.optimizer.OptimizerSettings;
import io.github.multilabel.training.optimizer.Optimizers;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import io.github.multilabel.training.schedule.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects what a {@link MultiLabelTrainer} shall do; {@link #build} checks all of it at once. For one thread. */
public final class MultiLabelTrainerBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(MultiLabelTrainer.class);

    private static final int EPOCHS = 10;

    private HeadSet heads;
    private Backbone backbone;
    private OptionalInt epochs = OptionalInt.empty();
    private OptionalInt freezeEpochs = OptionalInt.empty();
    private final List<Phase> phases = new ArrayList<>();
    private OptimizerSettings optimizer = Optimizers.adamW();
    private OptionalDouble learningRate = OptionalDouble.empty();
    private LearningRateSchedule schedule = LearningRateSchedule.cosine(0.05);
    private double backboneLearningRateFactor = 1;
    private double layerDecay = 1;
    private int[] imageSizes = {};
    private LossBalancing balance = LossBalancing.fixed();
    private BatchMix mix;
    private final HeadOptions headOptions = new HeadOptions();
    private Precision precision = Precision.FLOAT32;
    private OptionalInt imageSize = OptionalInt.empty();
    private Optional<CropMode> fit = Optional.empty();
    private boolean flip;
    private Preprocessing preprocessing;
    private long seed;
    private Device device;
    private double gradientClipNorm = Double.POSITIVE_INFINITY;
    private int gradientAccumulation = 1;
    private OptionalDouble emaDecay = OptionalDouble.empty();
    private boolean featureCache = true;
    private int nonFiniteLimit = 5;
    private boolean restoreBestWeights = true;
    private boolean progress = Terminal.isThere();
    private Optional<String> bestBy = Optional.empty();
    private int patience = MonitorRule.NEVER;
    private double minDelta;
    private Path checkpoints;
    private OptionalInt checkpointEvery = OptionalInt.empty();
    private boolean resume;
    private boolean overwrite;
    private final List<TrainingListener> listeners = new ArrayList<>();

    MultiLabelTrainerBuilder() {}

    /** The questions, in order: those of the training data. */
    public MultiLabelTrainerBuilder setHeads(HeadSet heads) {
        this.heads = heads;
        return this;
    }

    /** What looks at the images, such as {@code Backbones.resnet34()}. */
    public MultiLabelTrainerBuilder setBackbone(Backbone backbone) {
        this.backbone = backbone;
        return this;
    }

    /** The number of passes over the training images, at least 1; 10 by default, or the epochs of all phases. */
    public MultiLabelTrainerBuilder optEpochs(int epochs) {
        this.epochs = OptionalInt.of(epochs);
        return this;
    }

    /**
     * The next stretch of the training, in place of {@link #optEpochs} and {@link #optFreezeEpochs}. What it does not
     * say is as the options of this builder say.
     */
    public MultiLabelTrainerBuilder addPhase(Phase phase) {
        phases.add(phase);
        return this;
    }

    /**
     * A recipe for fine-tuning a pretrained backbone: the first epoch trains the heads alone, the others everything,
     * with {@link Optimizers#adamW()}, one-cycle rates up to 3e-3 for the heads and 0.33 of that for the backbone,
     * targets smoothed by 0.05, and whole images ({@link CropMode#SQUASH}), because a crop of the centre loses what is
     * at the borders. Short for the options that say so; those that are called after it win.
     *
     * <pre>{@code
     * builder.setBackbone(Backbones.efficientnetLite0().pretrained()).optFineTuning(8)
     * }</pre>
     *
     * @param epochs in total, as {@link #optEpochs} has them, at least 2 for a backbone that learns; in place of
     *     {@link #optEpochs}, {@link #optFreezeEpochs} and phases given before
     */
    public MultiLabelTrainerBuilder optFineTuning(int epochs) {
        phases.clear();
        return optFreezeEpochs(1)
                .optEpochs(epochs)
                .optOptimizer(Optimizers.adamW())
                .optSchedule(LearningRateSchedule.oneCycle())
                .optLearningRate(3e-3)
                .optBackboneLearningRateFactor(0.33)
                .optLabelSmoothing(0.05)
                .optCropMode(CropMode.SQUASH);
    }

    /** How gradients change the weights; {@link Optimizers#adamW()} by default. */
    public MultiLabelTrainerBuilder optOptimizer(OptimizerSettings optimizer) {
        this.optimizer = optimizer;
        return this;
    }

    /** The learning rate before the schedule, above 0; by default {@link OptimizerSettings#defaultLearningRate}. */
    public MultiLabelTrainerBuilder optLearningRate(double learningRate) {
        this.learningRate = OptionalDouble.of(learningRate);
        return this;
    }

    /** How the learning rate changes within each phase; {@link LearningRateSchedule#cosine} with 0.05 by default. */
    public MultiLabelTrainerBuilder optSchedule(LearningRateSchedule schedule) {
        this.schedule = schedule;
        return this;
    }

    /**
     * What the learning rate of the backbone is of that of the heads, above 0: 1 by default; 0.1 to 0.5 spares
     * pretrained weights, while heads that start from nothing learn fast.
     */
    public MultiLabelTrainerBuilder optBackboneLearningRateFactor(double factor) {
        this.backboneLearningRateFactor = factor;
        return this;
    }

    /**
     * What the learning rate of each stage of the backbone is of that of the stage after it, above 0: 1 by default; 0.7
     * moves the first stages, whose edges and textures serve any photo, less than the last. The last stage has the rate
     * of {@link #optBackboneLearningRateFactor}. Layer-wise decay as in Howard and Ruder 2018, by stages.
     */
    public MultiLabelTrainerBuilder optLayerDecay(double factor) {
        this.layerDecay = factor;
        return this;
    }

    /**
     * Trains on images of other sizes, one after the other, each for an equal share of the epochs of a phase: small
     * ones teach quickly what is coarse. Evaluation and the saved model keep the size of the preprocessing.
     *
     * @param pixels height and width; no more sizes than a phase has epochs
     */
    public MultiLabelTrainerBuilder optProgressiveResizing(int... pixels) {
        this.imageSizes = pixels.clone();
        return this;
    }

    /** What a head's loss counts in the sum: finite and at least 0; 1 by default. */
    public MultiLabelTrainerBuilder optHeadWeight(String head, double weight) {
        headOptions.weights.put(head, weight);
        return this;
    }

    /** What each category of a head counts in its loss; all alike by default. */
    public MultiLabelTrainerBuilder optClassWeights(String head, ClassWeights weights) {
        headOptions.classWeights.put(head, weights);
        return this;
    }

    /**
     * Softens the targets of all single-label heads that are given no other loss or smoothing: see
     * {@link Losses#crossEntropy(double)}; 0 by default. Reported losses have it too, in validation as in training.
     *
     * @param smoothing in [0, 1); 0.05 to 0.1 is usual
     */
    public MultiLabelTrainerBuilder optLabelSmoothing(double smoothing) {
        headOptions.smoothing = smoothing;
        return this;
    }

    /** Softens the targets of one single-label head: {@code optLoss(head, Losses.crossEntropy(smoothing))}. */
    public MultiLabelTrainerBuilder optLabelSmoothing(String head, double smoothing) {
        headOptions.smoothings.put(head, smoothing);
        return this;
    }

    /**
     * A head that only helps the backbone to learn, such as the exact model of a car where brand and type are asked:
     * its loss is part of the training, but it is not judged, does not choose the best epoch, and is not in the trained
     * model. Validation images may be without it.
     */
    public MultiLabelTrainerBuilder optAuxiliaryHead(String head) {
        headOptions.auxiliary.add(head);
        return this;
    }

    /** A loss for a head in place of cross entropy or binary cross entropy: one of {@link Losses}, or of one's own. */
    public MultiLabelTrainerBuilder optLoss(String head, HeadLoss loss) {
        headOptions.losses.put(head, loss);
        return this;
    }

    /**
     * Sets a share of what the last layer of every head sees to 0 while training, anew for each image, and scales the
     * rest up; 0 by default. Heads learn less by heart, most of all from few images. As before the classifiers of
     * torchvision and timm ({@code drop_rate}); heads of one rate and no hidden layer lose the same features, as under
     * one classifier.
     *
     * @param rate in [0, 1); 0.2 is usual, 0.5 much
     */
    public MultiLabelTrainerBuilder optDropout(double rate) {
        headOptions.layers.dropout = rate;
        return this;
    }

    /** {@link #optDropout(double)} for one head, whatever the rate of the others. */
    public MultiLabelTrainerBuilder optDropout(String head, double rate) {
        headOptions.layers.dropouts.put(head, rate);
        return this;
    }

    /**
     * Gives every head a hidden layer of its own: linear, ReLU, dropout if there is some, linear. None by default. It
     * lets a head combine features in ways that the backbone does not, above all while that is frozen; fastai's heads
     * have one of 512 units, those of timm and torchvision mostly none.
     *
     * @param units at least 1
     */
    public MultiLabelTrainerBuilder optHidden(int units) {
        headOptions.layers.hidden = OptionalInt.of(units);
        return this;
    }

    /** {@link #optHidden(int)} for one head, whatever the others have. */
    public MultiLabelTrainerBuilder optHidden(String head, int units) {
        headOptions.layers.hiddens.put(head, units);
        return this;
    }

    /** How the losses of the heads are weighed against each other beside their head weights; not at all by default. */
    public MultiLabelTrainerBuilder optLossBalancing(LossBalancing balance) {
        this.balance = balance;
        return this;
    }

    /** How training images are blended with others, and their labels with them; by default, or if null, not at all. */
    public MultiLabelTrainerBuilder optBatchMix(BatchMix mix) {
        this.mix = mix;
        return this;
    }

    /**
     * The data type of the backbone's convolutions, in training and evaluation; {@code FLOAT32} by default. In
     * {@code FLOAT16} the loss is scaled, as by PyTorch's {@code GradScaler}: where a gradient overflows, the step is
     * skipped and the scale halved, which happens a few times at the start of a training. {@code AUTO} measures, once
     * in the life of the JVM, and a training that goes on from a checkpoint keeps the precision that it had.
     */
    public MultiLabelTrainerBuilder optPrecision(Precision precision) {
        this.precision = precision;
        return this;
    }

    /** Height and width of the images in pixels; by default those of the preprocessing. */
    public MultiLabelTrainerBuilder optImageSize(int pixels) {
        this.imageSize = OptionalInt.of(pixels);
        return this;
    }

    /**
     * How a picture of any shape becomes the model's square; by default, or if null, as the preprocessing says, a crop
     * of the centre for published weights. {@link CropMode#SQUASH} keeps what stands at the borders.
     */
    public MultiLabelTrainerBuilder optCropMode(CropMode fit) {
        this.fit = Optional.ofNullable(fit);
        return this;
    }

    /**
     * Whether the trained model answers by the mean of an image and its mirror image
     * ({@link MultiLabelModel#setTestTimeFlip}); off by default. {@link MultiLabelTrainer#evaluate} judges it so, and
     * so do predictors; the judgement after each epoch, which only compares epochs, does without.
     */
    public MultiLabelTrainerBuilder optTestTimeFlip(boolean flip) {
        this.flip = flip;
        return this;
    }

    /** What every image goes through; by default, or if null, what the backbone asks for. */
    public MultiLabelTrainerBuilder optPreprocessing(Preprocessing preprocessing) {
        this.preprocessing = preprocessing;
        return this;
    }

    /** Of the first weights, the order of the images and their augmentation; 0 by default. */
    public MultiLabelTrainerBuilder optSeed(long seed) {
        this.seed = seed;
        return this;
    }

    /** Where to train; by default, or if null, a GPU if PyTorch sees one, otherwise the CPU. */
    public MultiLabelTrainerBuilder optDevice(Device device) {
        this.device = device;
        return this;
    }

    /** Scales the gradient down to this norm, taken over all parameters, where it is greater; no limit by default. */
    public MultiLabelTrainerBuilder optGradientClipNorm(double norm) {
        this.gradientClipNorm = norm;
        return this;
    }

    /**
     * Whether phases that train only the heads compute the features of the images once, where the images do not change
     * from epoch to epoch, and keep them: up to a gigabyte (or a quarter of the heap) in memory, the rest in a
     * temporary file. True by default; the numbers are the same without, but for rounding. Needs training data without
     * augmentation and a phase of more than one epoch.
     */
    public MultiLabelTrainerBuilder optFeatureCache(boolean featureCache) {
        this.featureCache = featureCache;
        return this;
    }

    /**
     * Makes one step of so many batches, as if they were one of that many times the size, for less memory; 1 by
     * default. Each head's loss is the mean over its labelled rows of all these batches, each row weighted by its
     * category, however the labels are spread over them. Only batch norm sees each batch by itself. The last step of an
     * epoch has the batches that are left.
     */
    public MultiLabelTrainerBuilder optGradientAccumulation(int batches) {
        this.gradientAccumulation = batches;
        return this;
    }

    /**
     * Judges and keeps, in place of the weights, their exponential moving average over the steps, running statistics
     * included; off by default. It generalises a little better and jumps less from epoch to epoch. During the first
     * steps less is kept: after step t, {@code min(decay, (1 + t) / (10 + t))}.
     *
     * @param decay what the average keeps of itself at each step, in (0, 1); 0.999 looks back over about 1,000 steps,
     *     which should be a small part of the training
     */
    public MultiLabelTrainerBuilder optEmaDecay(double decay) {
        this.emaDecay = OptionalDouble.of(decay);
        return this;
    }

    /**
     * Trains only the heads for the first of the epochs, so that a pretrained backbone, its running statistics
     * included, is not spoilt by heads that know nothing yet; 0 by default. Short for {@link Phase#heads} before
     * {@link Phase#all}.
     */
    public MultiLabelTrainerBuilder optFreezeEpochs(int epochs) {
        this.freezeEpochs = OptionalInt.of(epochs);
        return this;
    }

    /** After so many batches in a row whose loss or gradient is not finite, training stops; 5 by default. */
    public MultiLabelTrainerBuilder optNonFiniteLimit(int batches) {
        this.nonFiniteLimit = batches;
        return this;
    }

    /** Whether the model ends with the weights of the best epoch on the validation images; true by default. */
    public MultiLabelTrainerBuilder optRestoreBestWeights(boolean restoreBestWeights) {
        this.restoreBestWeights = restoreBestWeights;
        return this;
    }

    /** Whether to draw a progress bar on standard error; by default if this process has a console. */
    public MultiLabelTrainerBuilder optProgress(boolean progress) {
        this.progress = progress;
        return this;
    }

    /**
     * The number that tells which epoch is best: {@code mean_accuracy} (the default), {@code exact_match},
     * {@code loss}, or of a head {@code brand.accuracy}, {@code brand.macro_f1}, {@code brand.loss} and others, see
     * {@link io.github.multilabel.evaluation.metrics.Metric}. Of the validation images, or of those that
     * {@code training.} or {@code validation.} before the name says. Null for the default.
     */
    public MultiLabelTrainerBuilder optMonitor(String metric) {
        this.bestBy = Optional.ofNullable(metric);
        return this;
    }

    /** Ends the training after so many epochs in a row without a better one, see {@link #optMonitor}. */
    public MultiLabelTrainerBuilder optEarlyStopping(int patience) {
        return optEarlyStopping(patience, 0);
    }

    /**
     * Ends the training after so many epochs in a row without a better one, see {@link #optMonitor}. In a training of
     * several phases only epochs of the last count. Without validation images the numbers of the training images do.
     *
     * @param patience at least 1
     * @param minDelta how much better an epoch must be to count, at least 0, in the unit of the metric
     */
    public MultiLabelTrainerBuilder optEarlyStopping(int patience, double minDelta) {
        this.patience = patience;
        this.minDelta = minDelta;
        return this;
    }

    /**
     * Saves a checkpoint into a folder after each epoch, and when training is stopped: everything that it takes to go
     * on as if nothing had happened. The last two are kept. If one cannot be written (a full disk), training goes on
     * with an error in the log, and the earlier one stays.
     *
     * <p>While a training runs, the folder is its own: another one, in this process or any other, is refused. So is a
     * training in a folder that has one already, finished or not, unless it is told to go on with that
     * ({@link #optResume}) or to replace it ({@link #optOverwrite}).
     *
     * @param folder for the checkpoints of this training alone
     */
    public MultiLabelTrainerBuilder optCheckpoints(Path folder) {
        this.checkpoints = folder;
        return this;
    }

    /** Saves a checkpoint after so many steps, too. */
    public MultiLabelTrainerBuilder optCheckpointEvery(int steps) {
        this.checkpointEvery = OptionalInt.of(steps);
        return this;
    }

    /**
     * Whether {@code fit} goes on from the newest checkpoint in the folder of {@link #optCheckpoints}, if there is one;
     * false by default, and then a folder that has a training is refused. Heads and their layers, losses, balance, mix,
     * backbone, preprocessing, seed, optimizer, batch size and number of images must be as they were; more epochs are
     * welcome. Of a loss, balance or mix of one's own only {@code describe()} can be compared.
     */
    public MultiLabelTrainerBuilder optResume(boolean resume) {
        this.resume = resume;
        return this;
    }

    /**
     * Whether {@code fit} replaces a training that is in the folder of {@link #optCheckpoints} already; false by
     * default. The earlier checkpoints go when the new training is over. Until then the new ones are in the folder
     * {@code .replacement} there, and a training that was interrupted goes on from them by {@link #optResume}, without
     * this option.
     */
    public MultiLabelTrainerBuilder optOverwrite(boolean overwrite) {
        this.overwrite = overwrite;
        return this;
    }

    /**
     * Adds a listener to everything that happens in the training. A program that only wants the epochs takes
     * {@link TrainingListener#onEpoch}.
     */
    public MultiLabelTrainerBuilder addListener(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Makes the trainer and its model, with the backbone's weights and heads that have still to learn.
     *
     * @return to be closed by the caller
     * @throws IllegalArgumentException naming everything that is missing or wrong
     * @throws IOException if pretrained weights cannot be fetched or read, or do not fit the backbone, or if
     *     {@code AUTO} is to go on from checkpoints that cannot be read
     */
    public MultiLabelTrainer build() throws IOException {
        requireUsable();
        warnOfRandomFeatures();
        Preprocessing asked = preprocessing == null ? backbone.preprocessing() : preprocessing;
        asked = imageSize.isPresent() ? asked.withSize(imageSize.getAsInt()) : asked;
        asked = fit.map(asked::withCropMode).orElse(asked);
        Device on = device();
        TrainingSettings settings = new TrainingSettings(
                heads,
                headOptions.answered(heads),
                asked,
                on,
                precision(on),
                phases(),
                optimizer,
                gradientClipNorm,
                gradientAccumulation,
                emaDecay,
                featureCache,
                headOptions.layers.of(heads),
                Map.copyOf(headOptions.weights),
                Map.copyOf(headOptions.classWeights),
                headOptions.resolvedLosses(heads),
                balance,
                Optional.ofNullable(mix),
                seed,
                nonFiniteLimit,
                MonitorRule.of(headOptions.answered(heads), bestBy, patience, minDelta),
                restoreBestWeights,
                Optional.ofNullable(checkpoints)
                        .map(folder -> new CheckpointOptions(folder, checkpointEvery, resume, overwrite)),
                progress,
                List.copyOf(listeners),
                false);
        MultiLabelModel model = MultiLabelModel.create(backbone, heads, settings.headLayers(), asked, on, seed);
        model.setTestTimeFlip(flip);
        return new MultiLabelTrainer(settings, model);
    }

    private Device device() {
        return device == null ? TorchEngine.get().defaultDevice() : device;
    }

    /** A training that goes on does so in its own precision: another measurement might find another. */
    private Precision precision(Device on) throws IOException {
        Optional<Precision> recorded =
                precision == Precision.AUTO && resume ? Checkpoints.precision(checkpoints) : Optional.empty();
        recorded.ifPresent(before -> LOG.info("precision AUTO is {}, as in the training that goes on", before));
        return recorded.orElse(precision).resolve(on);
    }

    private void warnOfRandomFeatures() {
        if (!backbone.isPretrained() && asked().stream().anyMatch(phase -> phase.part() != Phase.Part.ALL)) {
            LOG.warn(
                    "the backbone {} has random weights, and freezing random features teaches the heads little: give it"
                            + " weights with pretrained(), or train everything from the first epoch",
                    backbone);
        }
    }

    /** The phases, each saying everything. */
    private List<Phase> phases() {
        Phase defaults = defaults()
                .withLearningRate(learningRate.orElse(optimizer.defaultLearningRate()))
                .withSchedule(schedule);
        return asked().stream().map(phase -> Phases.complete(phase, defaults)).toList();
    }

    private Phase defaults() {
        return Phase.all(1)
                .withBackboneLearningRateFactor(backboneLearningRateFactor)
                .withLayerDecay(layerDecay)
                .withProgressiveResizing(imageSizes);
    }

    private List<Phase> asked() {
        if (!phases.isEmpty()) {
            return phases;
        }
        int frozen = freezeEpochs.orElse(0);
        int free = epochs.orElse(EPOCHS) - frozen;
        List<Phase> asked = new ArrayList<>();
        if (frozen > 0) {
            asked.add(Phase.heads(frozen));
        }
        if (free > 0) {
            asked.add(Phase.all(free));
        }
        return asked;
    }

    private void requireUsable() {
        Problems problems = new Problems("build MultiLabelTrainer");
        if (heads == null) {
            problems.missing("setHeads", "pass train.heads()");
        }
        if (backbone == null) {
            problems.missing("setBackbone", "e.g. Backbones.resnet34()");
        }
        problems.requireGiven("optOptimizer", optimizer, "e.g. Optimizers.adamW()")
                .requireGiven("optSchedule", schedule, "e.g. LearningRateSchedule.constant()")
                .requireGiven("optLossBalancing", balance, "e.g. LossBalancing.fixed()")
                .requireGiven("optPrecision", precision, "e.g. Precision.FLOAT32");
        if (precision != null && precision != Precision.AUTO) {
            problems.check("optPrecision", () -> precision.resolve(device()));
        }
        if (listeners.contains(null)) {
            problems.add("addListener(null)");
        }
        int all = epochs.orElse(EPOCHS);
        problems.require(all >= 1, "optEpochs", all, "at least 1");
        learningRate.ifPresent(rate -> PhaseChecks.requirePositive("optLearningRate", rate, problems));
        problems.require(
                        (float) gradientClipNorm > 0,
                        "optGradientClipNorm",
                        gradientClipNorm,
                        "a number above 0 in float32")
                .require(
                        gradientAccumulation >= 1, "optGradientAccumulation", gradientAccumulation, "at least 1 batch");
        emaDecay.ifPresent(
                decay -> problems.require(decay > 0 && decay < 1, "optEmaDecay", decay, "between 0 and 1, e.g. 0.999"));
        freezeEpochs.ifPresent(frozen -> problems.require(
                frozen >= 0 && frozen <= Math.max(all, 0),
                "optFreezeEpochs",
                frozen,
                "from 0 to the number of epochs, " + all));
        if (!phases.isEmpty() && (epochs.isPresent() || freezeEpochs.isPresent())) {
            problems.add("optEpochs and optFreezeEpochs go without addPhase: the phases have epochs of their own");
        }
        checkPhases(problems);
        problems.require(patience >= 1, "optEarlyStopping", patience, "at least 1 epoch of patience");
        if (!(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
            problems.add("optEarlyStopping", "a least gain of " + minDelta + "; a finite number of at least 0");
        }
        checkpointEvery.ifPresent(
                steps -> problems.require(steps >= 1, "optCheckpointEvery", steps, "at least 1 step"));
        if (checkpoints == null && (checkpointEvery.isPresent() || resume || overwrite)) {
            problems.add("optCheckpointEvery, optResume and optOverwrite need optCheckpoints(folder)");
        }
        if (resume && overwrite) {
            problems.add(
                    "optResume(true) goes on with the training in the folder and optOverwrite(true) replaces it: one"
                            + " of them");
        }
        problems.require(nonFiniteLimit >= 1, "optNonFiniteLimit", nonFiniteLimit, "at least 1");
        imageSize.ifPresent(size -> problems.check("optImageSize", () -> Preprocessing.imageNet(size)));
        headOptions.check(heads, problems);
        if (heads != null) {
            problems.check(
                    "optMonitor", () -> MonitorRule.of(headOptions.answered(heads), bestBy, MonitorRule.NEVER, 0));
        }
        problems.throwIfAny();
    }

    private void checkPhases(Problems problems) {
        PhaseChecks.values("opt", defaults(), problems);
        List<Phase> asked = asked();
        for (int i = 0; i < asked.size(); i++) {
            if (asked.get(i) == null) {
                problems.add("addPhase(null)");
            } else {
                PhaseChecks.values("phase " + (i + 1) + ": with", asked.get(i), problems);
                PhaseChecks.of(i + 1, Phases.complete(asked.get(i), defaults()), backbone, problems);
            }
        }
    }
}
