package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.evaluation.internal.EvaluationLoop;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.evaluation.internal.metrics.EvaluationAccumulator;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.internal.settings.Phases;
import io.github.multilabel.training.internal.settings.TimeLimit;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import io.github.multilabel.training.schedule.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures how long steps and a validation take, in a rehearsal that leaves the model as it was, and chooses as many
 * epochs as there is time for. A training of so many epochs without a limit gives the same numbers.
 */
final class TimePlanner {

    /** Of the limit; what remains is for a machine that is now and then busy with something else. */
    private static final double USED = 0.93;
    /** Of the limit, for the rehearsal of everything; each measurement makes two steps at least. */
    private static final double REHEARSED = 0.1;
    /** Where all would take no more than this of the limit, even if each were as slow as the first, two are enough. */
    private static final double EASY = 0.4;
    /** Enough steps for any measurement, and enough seconds. */
    private static final int MOST_STEPS = 100;

    private static final double MOST_SECONDS = 20;
    /** Of the time of a step, the part that does not grow with the area of the images. */
    private static final double FIXED = 0.2;

    private final NDManager manager;
    private final MultiHeadBlock block;
    private final TrainingSettings settings;
    private final MultiHeadLoss loss;
    private final MultiHeadLoss mainLoss;
    private final TrainingControl control;
    private final MultiLabelDataset training;
    private final Optional<MultiLabelDataset> validation;
    private final TimeLimit limit;
    private final int steps;

    TimePlanner(
            NDManager manager,
            MultiHeadBlock block,
            TrainingSettings settings,
            MultiHeadLoss loss,
            MultiHeadLoss mainLoss,
            TrainingControl control,
            MultiLabelDataset training,
            Optional<MultiLabelDataset> validation,
            TimeLimit limit)
            throws IOException {
        this.manager = manager;
        this.block = block;
        this.settings = settings;
        this.loss = loss;
        this.mainLoss = mainLoss;
        this.control = control;
        this.training = training;
        this.validation = validation;
        this.limit = limit;
        steps = steps(manager, settings, training);
    }

    /** As many as the training itself makes after its last epoch. */
    static int validationsAfter(TrainingSettings settings) {
        return FinalAnswers.passes(settings);
    }

    /** As an epoch has them if no image is skipped. */
    static int steps(NDManager manager, TrainingSettings settings, MultiLabelDataset training) throws IOException {
        int accumulated = settings.optimisation().gradientAccumulation();
        return (TrainingRun.batchesPerEpoch(manager, settings, training) + accumulated - 1) / accumulated;
    }

    /**
     * Measures and chooses.
     *
     * @param start of the training, by the clock of the limit
     * @param isFixed whether the number of epochs is not to be changed
     * @return empty if it was asked to stop
     */
    Optional<TimePlan> plan(long start, boolean isFixed) throws IOException {
        List<Phase> phases = settings.optimisation().phases();
        List<Double> ofPhases = new ArrayList<>();
        double share = Math.min(MOST_SECONDS, REHEARSED * limit.seconds() / (phases.size() + 1));
        double ofValidation = validation.isPresent() ? validationSeconds(validation.get(), share) : 0;
        for (Phase phase : phases) {
            ofPhases.add(stepSeconds(phase, share));
        }
        if (control.isStopAsked()) {
            return Optional.empty();
        }
        double left = USED * limit.seconds() - (limit.nanoTime().getAsLong() - start) / 1e9;
        int all = settings.optimisation().epochs();
        boolean cached = settings.optimisation().featureCache();
        for (int epochs = all; epochs >= phases.size(); epochs--) {
            TimePlan plan = plan(shares(phases, epochs), ofPhases, ofValidation, cached);
            if (isFixed || seconds(plan, ofPhases) <= left) {
                return Optional.of(plan);
            }
        }
        List<Integer> fewest = shares(phases, phases.size());
        return Optional.of(new TimePlan(
                fewest, false, plan(fewest, ofPhases, ofValidation, false).stepSeconds(), ofValidation));
    }

    /** So many epochs, as they are in the phases, and at least one of each. */
    static List<Integer> shares(List<Phase> phases, int epochs) {
        int all = phases.stream().mapToInt(Phase::epochs).sum();
        List<Integer> shares = new ArrayList<>();
        int given = 0;
        int before = 0;
        for (int p = 0; p < phases.size(); p++) {
            before += phases.get(p).epochs();
            int later = phases.size() - 1 - p;
            int upTo = Math.min(Math.round((float) epochs * before / all), epochs - later);
            shares.add(Math.max(1, upTo - given));
            given += shares.get(p);
        }
        return shares;
    }

    private TimePlan plan(List<Integer> epochs, List<Double> ofPhases, double ofValidation, boolean cached) {
        List<Double> seconds = new ArrayList<>();
        for (int p = 0; p < epochs.size(); p++) {
            Phase phase = Phases.shortened(settings.optimisation().phases().get(p), epochs.get(p));
            for (int epoch = 0; epoch < phase.epochs(); epoch++) {
                seconds.add(cached && keepsFeatures(phase) ? 0 : ofPhases.get(p) * area(phase, epoch));
            }
        }
        return new TimePlan(epochs, true, seconds, ofValidation);
    }

    /** How long a step takes by one of the largest images. */
    private double area(Phase phase, int epoch) {
        ImageSize size = settings.model().preprocessing().size();
        double side = (double) Phases.imageSize(phase, epoch, size).shorterSide() / largest(phase, size);
        return FIXED + (1 - FIXED) * side * side;
    }

    private static int largest(Phase phase, ImageSize usual) {
        return phase.imageSizes().stream().mapToInt(Integer::intValue).max().orElse(usual.shorterSide());
    }

    /** Whether its epochs after the first cost next to nothing. */
    private boolean keepsFeatures(Phase phase) {
        return phase.part() == Phase.Part.HEADS
                && phase.epochs() > 1
                && settings.loss().mix().isEmpty()
                && training.fixedBatches(DataPass.training(
                                settings.model().preprocessing(),
                                settings.optimisation().seed(),
                                0))
                        .isPresent();
    }

    /** How long all takes, with a validation more: whoever trains evaluates the model afterwards. */
    private double seconds(TimePlan plan, List<Double> ofPhases) {
        double seconds = (1 + validationsAfter(settings)) * plan.validationSeconds();
        int epoch = 0;
        for (int p = 0; p < plan.epochs().size(); p++) {
            boolean isKept = plan.stepSeconds().get(epoch) == 0;
            seconds += isKept ? steps * ofPhases.get(p) + plan.validationSeconds() : 0;
            for (int i = 0; i < plan.epochs().get(p); i++) {
                seconds += isKept ? 0 : steps * plan.stepSeconds().get(epoch) + plan.validationSeconds();
                epoch++;
            }
        }
        return seconds;
    }

    /** How long one of so many may take that there is time for all without a doubt. */
    private double easy(double count) {
        return EASY * limit.seconds() / (settings.optimisation().phases().size() + 1) / count;
    }

    private double validationSeconds(MultiLabelDataset data, double share) throws IOException {
        DataPass pass = DataPass.evaluation(settings.model().preprocessing());
        int batches;
        try (Batches all = data.batches(manager, pass)) {
            batches = all.count();
        }
        Stopwatch watch = new Stopwatch(
                limit, share, easy((double) batches * (settings.optimisation().epochs() + 1)));
        try (ValidationPass seen = new ValidationPass(
                data, pass, block.newInference(settings.optimisation().precision()))) {
            new EvaluationLoop(manager, mainLoss).run(data, pass, seen::logits, new EvaluationLoop.Watch() {
                @Override
                public boolean isStopAsked() {
                    return watch.isOver() || control.isStopAsked();
                }

                @Override
                public void onBatch(int images, EvaluationAccumulator soFar) {
                    watch.lap();
                }
            });
        }
        return batches * watch.seconds();
    }

    private double stepSeconds(Phase phase, double share) throws IOException {
        NDList weights = new NDList();
        block.parametersByName().values().forEach(parameter -> weights.add(parameter.getArray()));
        Phase once = phase.withEpochs((MOST_STEPS + steps - 1) / steps)
                .withSchedule(LearningRateSchedule.constant())
                .withProgressiveResizing(
                        largest(phase, settings.model().preprocessing().size()));
        Stopwatch watch = new Stopwatch(limit, share, easy((double) steps * phase.epochs()));
        List<TrainingControl> rehearsal = new ArrayList<>();
        rehearsal.add(new TrainingControl(List.of(event -> {
            if (event instanceof TrainingEvent.StepDone) {
                watch.lap();
                if (watch.isOver() || control.isStopAsked()) {
                    rehearsal.get(0).stop();
                }
            }
        })));
        try (Snapshot before = new Snapshot(manager, weights)) {
            try (TrainingRun run = new TrainingRun(
                    manager,
                    block,
                    settings.rehearsing(once),
                    loss,
                    loss,
                    rehearsal.get(0),
                    training,
                    Optional.empty(),
                    Optional.empty())) {
                run.fit();
            } finally {
                before.putBack();
                rehearsal.get(0).end();
            }
        }
        return watch.seconds();
    }

    /** Measures what happens again and again, of which the first half is slower: the machine has to get warm. */
    private static final class Stopwatch {

        private final TimeLimit limit;
        private final double share;
        private final double easy;
        private final List<Long> laps = new ArrayList<>();

        /**
         * Starts.
         *
         * @param share after so many seconds, a second time is enough
         * @param easy so is it if each takes no longer than this
         */
        Stopwatch(TimeLimit limit, double share, double easy) {
            this.limit = limit;
            this.share = share;
            this.easy = easy;
            lap();
        }

        void lap() {
            laps.add(limit.nanoTime().getAsLong());
        }

        boolean isOver() {
            return laps.size() > MOST_STEPS || laps.size() > 2 && (seconds(0) > share || longest() <= easy);
        }

        private double longest() {
            long longest = 0;
            for (int lap = 1; lap < laps.size(); lap++) {
                longest = Math.max(longest, laps.get(lap) - laps.get(lap - 1));
            }
            return longest / 1e9;
        }

        /** How long one takes. */
        double seconds() {
            int from = (laps.size() - 1) / 2;
            return seconds(from) / Math.max(1, laps.size() - 1 - from);
        }

        private double seconds(int from) {
            return (laps.get(laps.size() - 1) - laps.get(from)) / 1e9;
        }
    }
}
