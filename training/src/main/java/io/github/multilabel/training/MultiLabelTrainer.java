package io.github.multilabel.training;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.internal.message.Given;
import io.github.multilabel.core.torch.internal.EngineLock;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.evaluation.internal.FittingData;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.evaluation.metrics.JointChoice;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.evaluation.report.EvaluationReport;
import io.github.multilabel.evaluation.report.Thumbnails;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.heads.KeptHeads;
import io.github.multilabel.training.event.LearningRateFinderResult;
import io.github.multilabel.training.event.StopReason;
import io.github.multilabel.training.event.TrainingDivergedException;
import io.github.multilabel.training.event.TrainingResult;
import io.github.multilabel.training.internal.loop.DataChecks;
import io.github.multilabel.training.internal.loop.FinalAnswers;
import io.github.multilabel.training.internal.loop.RangeTest;
import io.github.multilabel.training.internal.loop.RisingRate;
import io.github.multilabel.training.internal.loop.TrainerEvaluation;
import io.github.multilabel.training.internal.loop.TrainingCard;
import io.github.multilabel.training.internal.loop.TrainingControl;
import io.github.multilabel.training.internal.loop.TrainingRun;
import io.github.multilabel.training.internal.loop.UnusualFit;
import io.github.multilabel.training.internal.settings.Fingerprint;
import io.github.multilabel.training.internal.settings.MonitorRule;
import io.github.multilabel.training.internal.settings.SavedText;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains one model with several heads, and evaluates it.
 *
 * <pre>{@code
 * try (MultiLabelTrainer trainer = MultiLabelTrainer.builder()
 *         .setHeads(train.heads())
 *         .setBackbone(Backbones.resnet34())
 *         .optEpochs(5)
 *         .build()) {
 *     TrainingResult result = trainer.fit(train, test);
 *     System.out.println(trainer.evaluate(test).table());
 *     trainer.model().save(Path.of("build/cars"));
 * }
 * }</pre>
 *
 * <p>The loss is the sum of the heads' losses, each times its head weight; each batch gives one backward pass and one
 * step of the optimizer. Missing labels add nothing. The same seed, data, machine and number of threads give the same
 * numbers on a CPU.
 *
 * <p>Any thread may train, one at a time per trainer: a second is refused. Several trainers in one process take turns
 * step by step, because DJL collects gradients for one at a time. {@link #stop} and {@link #model} may be called by any
 * thread at any time. When {@code fit} returns or throws, its native memory is free, gradients and the optimizer's
 * state included; {@link #close} frees the model.
 */
public final class MultiLabelTrainer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MultiLabelTrainer.class);

    private final TrainingSettings settings;
    private final MultiLabelModel model;
    private final Optional<KeptHeads> keptHeads;
    private final NDManager manager;
    private final ReentrantLock busy = new ReentrantLock();
    /** By head; counted ones are known when the training data is. */
    private Map<String, List<Double>> classWeights;

    /**
     * Without the auxiliary heads; null until somebody asks, or without such heads. Guarded by {@link EngineLock}, as
     * are the two below: a lock of their own would have to be taken both before and after it.
     */
    private @Nullable MultiLabelModel mainHeadsModel;

    private boolean outdated;
    private boolean closed;

    private volatile Optional<LastFit> lastFit = Optional.empty();

    private volatile FinalAnswers.Chosen answers = FinalAnswers.Chosen.NOTHING;
    /** What was chosen of unusual images, for people. */
    private Optional<String> unusual = Optional.empty();

    /** Of the training that runs; null if none does. */
    private volatile @Nullable TrainingControl running;

    MultiLabelTrainer(TrainingSettings settings, MultiLabelModel model, Optional<KeptHeads> keptHeads) {
        this.settings = settings;
        this.model = model;
        this.keptHeads = keptHeads;
        this.manager = model.manager().newSubManager();
        this.classWeights = classWeights(Optional.empty());
        model.block().setPrecision(settings.optimisation().precision());
    }

    /** A builder without heads and backbone, which must be set. */
    public static MultiLabelTrainerBuilder builder() {
        return new MultiLabelTrainerBuilder();
    }

    /**
     * A builder with all that must be set.
     *
     * @param heads of the model, in order: those of the training data
     * @param backbone the network before the heads, for example {@code Backbones.resnet34()}
     */
    public static MultiLabelTrainerBuilder builder(HeadSet heads, Backbone backbone) {
        return builder().setHeads(heads).setBackbone(backbone);
    }

    /**
     * All settings that the builder's options and their defaults came to.
     *
     * @hidden
     */
    public TrainingSettings settings() {
        return settings;
    }

    /**
     * What the heads keep of the model that the training begins with; empty without
     * {@link MultiLabelTrainerBuilder#setModel}.
     */
    public Optional<KeptHeads> keptHeads() {
        return keptHeads;
    }

    /**
     * How the heads that determine others answer with them, as the last training chose on its validation images; empty
     * before, without such images, and if no head determines another. {@link #model} answers so.
     */
    public List<JointChoice> jointChoices() {
        return answers.joint();
    }

    /**
     * Trains without validation images. Afterwards the model has the weights of the last epoch.
     *
     * @see #fit(MultiLabelDataset, MultiLabelDataset)
     */
    public TrainingResult fit(MultiLabelDataset training) throws IOException {
        return exclusively(() -> train(training, Optional.empty()));
    }

    /**
     * Trains, and evaluates the model after each epoch. Afterwards it has the weights of the epoch with the highest
     * mean accuracy on the validation images (see {@link MultiLabelTrainerBuilder#optMonitor}), unless
     * {@link Monitor#keepLastWeights} asked for those of the last. A second call goes on from the present weights, with
     * a new optimizer and schedule.
     *
     * <p>With {@link MultiLabelTrainerBuilder#optCheckpoints} a training that was stopped or killed goes on where its
     * last checkpoint was saved, and gives on a CPU the same numbers as one without interruption.
     *
     * @param training has an image, and a label for each head
     * @param validation has the same heads
     * @throws IllegalArgumentException if the data does not fit, before the first epoch, if a loss of the user's gives
     *     no gradient, or if the training cannot go on from its checkpoint because settings differ; all that do are
     *     listed
     * @throws TrainingDivergedException if the training cannot end as a success: too many batches in a row or all steps
     *     of an epoch gave a loss or gradient that is not finite, validation found NaN, a head got no gradient, or the
     *     weights are not finite
     * @throws IllegalStateException if another training uses the folder of checkpoints, if that has a training and
     *     nobody asked to go on with it or to replace it, if another thread uses this trainer, or if it is closed
     * @throws IOException if a data set or a checkpoint cannot be read at all
     * @throws java.io.UncheckedIOException if an image cannot be used and its data set does not skip such images. After
     *     this or any other exception the model has the weights of the last step
     */
    public TrainingResult fit(MultiLabelDataset training, MultiLabelDataset validation) throws IOException {
        return exclusively(() -> {
            FittingData.requireLabels("validation data", settings.model().mainHeads(), validation);
            DataChecks.warnOfUnlabelled(settings.model().mainHeads(), validation);
            return train(training, Optional.of(validation));
        });
    }

    private TrainingResult train(MultiLabelDataset training, Optional<MultiLabelDataset> validation)
            throws IOException {
        TrainingControl control = new TrainingControl(settings.control().listeners());
        return learning(control, training, () -> train(training, validation, control));
    }

    /** Learns from data that fits, so that {@link #stop} works. */
    private <T> T learning(TrainingControl control, MultiLabelDataset training, Work<T> work) throws IOException {
        running = control;
        try {
            FittingData.requireSame("training data", settings.model().heads(), training);
            DataChecks.requireLearnable(training, settings.loss().headWeightsInOrder());
            return work.run();
        } finally {
            running = null;
            control.end();
        }
    }

    private TrainingResult train(
            MultiLabelDataset training, Optional<MultiLabelDataset> validation, TrainingControl control)
            throws IOException {
        MonitorRule rule = settings.control().monitor().on(validation.isPresent());
        DataChecks.requireDefined(rule, settings.model().mainHeads(), training, validation);
        classWeights = classWeights(Optional.of(training));
        try (EngineLock turn = EngineLock.take()) {
            outdated = true;
        }
        LOG.info(
                "training {} on {}, {}, with {} images, {}{}",
                model,
                SavedText.readable(settings.optimisation().device().toString()),
                settings.optimisation().precision().toString().toLowerCase(Locale.ROOT),
                training.size(),
                settings.optimisation().optimizer(),
                settings.beyondDefaults());
        FinalAnswers.warnOfRules(settings, training);
        model.answerWith(List.of(), List.of(), List.of(), Optional.empty(), List.of(), Optional.empty());
        model.tellUnusual(Optional.empty(), Optional.empty());
        model.describe(model.card().beforeTraining());
        answers = FinalAnswers.Chosen.NOTHING;
        unusual = Optional.empty();
        try (MultiHeadLoss loss = loss(settings.model().heads(), classWeights, true);
                MultiHeadLoss mainLoss = loss(settings.model().mainHeads(), classWeights, false)) {
            TrainingResult result;
            try (TrainingRun run =
                    TrainingRun.of(manager, model.block(), settings, loss, mainLoss, control, training, validation)) {
                result = run.fit();
            }
            if (result.stopReason() != StopReason.STOPPED) {
                chooseAnswers(mainLoss, training, validation);
                model.describe(new TrainingCard(settings, training, validation)
                        .filled(model.card(), result, answers.predictions()));
            }
            lastFit = Optional.of(LastFit.of(settings.model().mainHeads(), training, result, validation));
            return result;
        }
    }

    private void chooseAnswers(
            MultiHeadLoss mainLoss, MultiLabelDataset training, Optional<MultiLabelDataset> validation)
            throws IOException {
        try (NDManager pass = manager.newSubManager()) {
            answers = new FinalAnswers(pass, model, settings, mainLoss).choose(training, validation);
            unusual = new UnusualFit(pass, model, settings).choose(training, validation);
        }
        outdated = true;
        answerLines().forEach(LOG::info);
    }

    /**
     * What is told of how the heads answer, for people.
     *
     * @hidden
     */
    public List<String> answerLines() {
        List<String> lines = new ArrayList<>();
        answers.joint().forEach(choice -> lines.add(choice.toString()));
        lines.addAll(JointChoice.leftOut(settings.model().mainHeads().hierarchy(), answers.joint()));
        answers.calibration().forEach(choice -> lines.add(choice.toString()));
        lines.addAll(answers.thresholds());
        answers.combination().ifPresent(choice -> lines.add(choice.toString()));
        answers.sure().forEach(choice -> lines.add(choice.toString()));
        answers.unsure().forEach(lines::add);
        unusual.ifPresent(lines::add);
        return lines;
    }

    /**
     * Looks for a learning rate in 100 steps at rates that rise from 1e-7 to 10, which suit every optimizer.
     *
     * @see #findLearningRate(MultiLabelDataset, double, double, int)
     */
    public LearningRateFinderResult findLearningRate(MultiLabelDataset training) throws IOException {
        return findLearningRate(training, 1e-7, 10, 100);
    }

    /**
     * Looks for a learning rate by the range test of Smith 2017 (arXiv 1506.01186): a short training as the first phase
     * is, at rates that rise by equal factors, until the loss has grown to four times its lowest or is not finite.
     * Rates of the backbone and its stages keep their ratio to that of the heads. Where there are fewer batches than
     * steps, the images are seen again.
     *
     * <pre>{@code
     * LearningRateFinderResult range = trainer.findLearningRate(train);
     * LearningRatePlot.write(Path.of("learning-rate.png"), range);
     * range.suggestion().ifPresent(builder::optLearningRate);
     * }</pre>
     *
     * <p>Afterwards, also after an exception, the model is as it was, running statistics included, and a training that
     * follows gives the numbers that it would have given without. Listeners are not called, and no checkpoint is saved.
     * {@link #stop}, or an interrupt of the thread, ends the test with what was found so far.
     *
     * @param training has an image, and a label for each head
     * @param lowest the first learning rate, above 0
     * @param highest the last one
     * @param steps at least 20
     * @throws IllegalArgumentException if a value is outside its range, or the data does not fit
     * @throws IllegalStateException if another thread uses this trainer, or if it is closed
     * @throws IOException if the data cannot be read at all
     * @throws java.io.UncheckedIOException if an image cannot be used and its data set does not skip such images
     */
    public LearningRateFinderResult findLearningRate(
            MultiLabelDataset training, double lowest, double highest, int steps) throws IOException {
        RisingRate rising = new RisingRate(lowest, highest, steps);
        return exclusively(() -> {
            LOG.info("learning rate finder: {}", rising);
            try (RangeTest test = new RangeTest(rising, settings.control().progress())) {
                return learning(test.control(), training, () -> {
                    try (MultiHeadLoss loss =
                            loss(settings.model().heads(), classWeights(Optional.of(training)), true)) {
                        return test.run(manager, model.block(), settings, loss, training);
                    }
                });
            }
        });
    }

    /**
     * Asks the training that runs to stop after its present batch, from any thread or listener; does nothing if none
     * runs. A checkpoint is saved if the builder was given a folder, and {@code fit} returns with
     * {@link StopReason#STOPPED}. An interrupt of the training thread does the same; it is interrupted still when
     * {@code fit} returns.
     */
    public void stop() {
        TrainingControl control = running;
        if (control != null) {
            control.stop();
        }
    }

    /**
     * Evaluates the model on a data set. The loss has the head weights and class weights of the training; class weights
     * that come from the training labels are known once {@link #fit} has seen these.
     *
     * @throws IllegalArgumentException if the data has other heads, or no images
     * @throws IllegalStateException if the model answers with NaN because its weights are not finite, if another thread
     *     uses this trainer, or if it is closed
     * @throws IOException if the data cannot be read at all, or not one image can be used
     * @throws java.io.UncheckedIOException if an image cannot be used and the data set does not skip such images
     */
    public Evaluation evaluate(MultiLabelDataset data) throws IOException {
        return exclusively(() -> {
            FittingData.requireLabels("data", settings.model().mainHeads(), data);
            try (MultiHeadLoss loss = loss(settings.model().mainHeads(), classWeights, false);
                    NDManager pass = manager.newSubManager()) {
                return TrainerEvaluation.of(pass, model, settings, loss, data);
            }
        });
    }

    /**
     * Writes a report of the validation images of the last {@link #fit}: one HTML file with all figures, learning
     * curves, confusions and mistakes. For heat maps in it, see {@link #report(Predictions)}.
     *
     * @param file replaced when the report is complete
     * @throws IllegalStateException if nothing was trained yet, or without validation images, if another thread uses
     *     this trainer, or if it is closed
     * @throws IOException if the images cannot be read, or the file not be written
     */
    public void report(Path file) throws IOException {
        Given.require(file, "file", "e.g. Path.of(\"report.html\")");
        MultiLabelDataset validation = lastFit.flatMap(LastFit::validation)
                .orElseThrow(() -> new IllegalStateException("there are no validation images to report on: call"
                        + " fit(training, validation) first, or report(predictions) with those of other images"));
        Predictions predictions = exclusively(() -> Evaluator.predictions(model(), validation));
        report(predictions).build().write(file);
    }

    /**
     * Starts a report with what is known of the last {@link #fit}: learning curves, the distribution of the training
     * labels, and all settings. Images whose names are files are shown.
     *
     * <pre>{@code
     * Predictions predictions = Evaluator.predictions(trainer.model(), test);
     * trainer.report(predictions).optTitle("Cars").build().write(Path.of("report.html"));
     * }</pre>
     *
     * @param predictions of the model
     */
    public EvaluationReport.Builder report(Predictions predictions) {
        EvaluationReport.Builder report = EvaluationReport.builder()
                .setPredictions(predictions)
                .optThumbnails(Thumbnails.of(predictions, Thumbnails::file));
        lastFit.ifPresent(fit -> fit.addTo(report));
        settings.fingerprint().entries().stream()
                .filter(entry -> entry.kind() != Fingerprint.Kind.IRRELEVANT)
                .forEach(entry -> report.addSetting(entry.label(), entry.text()));
        return report;
    }

    /**
     * The model, trained so far; closed with this trainer. Where there are auxiliary heads, it is a copy without them,
     * valid until this method is called after a further training.
     *
     * <p>Any thread may ask, and any listener, also while a training runs. A copy then has the weights as they are
     * between two steps, is valid until the next call, and costs the training a wait for it: this method holds the lock
     * of {@link io.github.multilabel.core.torch.internal.EngineLock} meanwhile, and waits for a step that is under way,
     * but never for a training to end. A model without auxiliary heads is no copy, but the one that is trained: its
     * predictors are best made by a listener or after the training, for otherwise their weights may be from the middle
     * of a step.
     *
     * @throws IllegalStateException if the trainer is closed and there are auxiliary heads
     */
    public MultiLabelModel model() {
        if (settings.model().mainHeads().equals(settings.model().heads())) {
            return model;
        }
        try (EngineLock turn = EngineLock.take()) {
            if (closed) {
                throw new IllegalStateException("this trainer is closed, and its model with it");
            }
            if (mainHeadsModel == null || outdated) {
                closeMainHeadsModel();
                mainHeadsModel = model.withHeads(settings.model().mainHeads().names());
                outdated = busy.isLocked(); // asked while the weights still change
            }
            return mainHeadsModel;
        }
    }

    /**
     * A predictor of the model as it is now, without the auxiliary heads, in float32; later training does not change
     * it. For other options take {@link MultiLabelPredictor#builder} with {@link #model()}.
     *
     * <p>Any thread may call this, and any listener, also while a training runs: it waits for a step that is under way.
     * Where the backbone is a DJL block of the application's own, the predictor shares its weights, changes with them,
     * and is closed with this trainer.
     *
     * @return to be closed by the caller
     * @throws IllegalStateException if the trainer is closed
     */
    public MultiLabelPredictor predictor() {
        try (EngineLock turn = EngineLock.take()) {
            if (closed) {
                throw new IllegalStateException("this trainer is closed, and its model with it");
            }
            return model().newPredictor();
        }
    }

    private void closeMainHeadsModel() {
        if (mainHeadsModel != null) {
            mainHeadsModel.close();
            mainHeadsModel = null;
        }
    }

    private MultiHeadLoss loss(HeadSet heads, Map<String, List<Double>> weightsOfClasses, boolean coarseTeach) {
        return new MultiHeadLoss(
                manager,
                heads,
                settings.loss().headWeights(),
                weightsOfClasses,
                settings.loss().losses(),
                coarseTeach);
    }

    private Map<String, List<Double>> classWeights(Optional<MultiLabelDataset> training) {
        Map<String, List<Double>> weights = new LinkedHashMap<>();
        settings.loss().classWeights().forEach((name, given) -> {
            if (training.isPresent() || !given.isCounted()) {
                weights.put(name, given.resolve(settings.model().heads().get(name), training.orElse(null)));
            }
        });
        return weights;
    }

    /** Work that may read files. */
    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T exclusively(Work<T> work) throws IOException {
        if (!busy.tryLock()) {
            throw new IllegalStateException("another thread is using this trainer; one at a time, or a trainer each");
        }
        try {
            if (busy.getHoldCount() > 1) {
                throw new IllegalStateException("a listener cannot train or evaluate with the trainer that called it");
            }
            if (closed) {
                throw new IllegalStateException("this trainer is closed, and its model with it");
            }
            return work.run();
        } finally {
            busy.unlock();
            Reference.reachabilityFence(this); // or its model could be taken for forgotten
        }
    }

    /**
     * Frees the model.
     *
     * @throws IllegalStateException if another thread is training; end that first
     */
    @Override
    public void close() {
        if (!busy.tryLock()) {
            throw new IllegalStateException("another thread is using this trainer; wait for it before closing");
        }
        try (EngineLock turn = EngineLock.take()) {
            if (!closed) {
                closed = true;
                closeMainHeadsModel();
                manager.close();
                model.close();
            }
        } finally {
            busy.unlock();
        }
    }
}
