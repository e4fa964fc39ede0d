package io.github.multilabel.training.internal.loop;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.evaluation.AnswerReferences;
import io.github.multilabel.evaluation.CalibratedAnswers;
import io.github.multilabel.evaluation.JointAnswers;
import io.github.multilabel.evaluation.SureLevels;
import io.github.multilabel.evaluation.calibration.CalibrationChoice;
import io.github.multilabel.evaluation.internal.CombinationFit;
import io.github.multilabel.evaluation.internal.EvaluationLoop;
import io.github.multilabel.evaluation.internal.JointFits;
import io.github.multilabel.evaluation.internal.LogitRows;
import io.github.multilabel.evaluation.internal.MultiHeadLoss;
import io.github.multilabel.evaluation.internal.PredictionCollector;
import io.github.multilabel.evaluation.internal.SureFits;
import io.github.multilabel.evaluation.metrics.CombinationChoice;
import io.github.multilabel.evaluation.metrics.JointChoice;
import io.github.multilabel.evaluation.metrics.SureChoice;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.combination.CombinationLearner;
import io.github.multilabel.model.combination.Combinations;
import io.github.multilabel.model.combination.Rule;
import io.github.multilabel.model.heads.JointDecoding;
import io.github.multilabel.training.internal.settings.AnswerSettings;
import io.github.multilabel.training.internal.settings.TrainingSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets the heads of a trained model answer as is best for the validation images: those of a hierarchy together, with
 * calibrated probabilities, from thresholds on, all of them together where that is wished, and with what they are sure
 * of. Each is chosen by what those before it answer.
 */
public final class FinalAnswers {

    private final NDManager manager;
    private final MultiLabelModel model;
    private final TrainingSettings settings;
    private final MultiHeadLoss loss;
    private final HeadSet heads;

    /**
     * Prepares it.
     *
     * @param manager owns what is made on the way
     * @param model is changed
     * @param loss of the main heads
     */
    public FinalAnswers(NDManager manager, MultiLabelModel model, TrainingSettings settings, MultiHeadLoss loss) {
        this.manager = manager;
        this.model = model;
        this.settings = settings;
        this.loss = loss;
        heads = settings.model().mainHeads();
    }

    /**
     * Warns of rules that training images are against, before a training that may take long.
     *
     * @param training the images whose labels show what goes together
     */
    public static void warnOfRules(TrainingSettings settings, MultiLabelDataset training) {
        settings.model().answers().rules().ifPresent(rules -> learner(
                        settings.model().mainHeads(), rules, training)
                .warnings()
                .forEach(TrainingLog.LOG::warn));
    }

    /**
     * As many passes over the validation images as a training makes in the end; one over training images counts twice.
     */
    static int passes(TrainingSettings settings) {
        return (settings.model().answers().unusualRate().isPresent() ? 3 : 0)
                + (settings.model().mainHeads().hierarchy().isEmpty() ? 0 : 1)
                + (settings.model().answers().areChosen() ? 1 : 0);
    }

    /**
     * What was chosen, for people.
     *
     * @param joint for each hierarchy
     * @param calibration for each head, if it was wished
     * @param thresholds a sentence for each head for which some were wished
     * @param combination of all heads, if it was wished and chosen on images
     * @param sure for each hierarchy of which something is certain, if it was wished
     * @param unsure a sentence for each of which nothing is, if it was wished
     * @param predictions of the validation images; empty if nothing had to be chosen by them
     */
    public record Chosen(
            List<JointChoice> joint,
            List<CalibrationChoice> calibration,
            List<String> thresholds,
            Optional<CombinationChoice> combination,
            List<SureChoice> sure,
            List<String> unsure,
            Optional<Predictions> predictions) {

        /** Nothing, as before a training. */
        public static final Chosen NOTHING =
                new Chosen(List.of(), List.of(), List.of(), Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    /**
     * Chooses, and lets the model answer so.
     *
     * @param training the images whose labels show what goes together
     * @param validation without it, hierarchies answer each head for itself, nothing is calibrated, and all exponents
     *     are 1
     */
    public Chosen choose(MultiLabelDataset training, Optional<MultiLabelDataset> validation) throws IOException {
        AnswerSettings wished = settings.model().answers();
        List<JointChoice> joint = List.of();
        if (validation.isPresent() && !heads.hierarchy().isEmpty()) {
            JointFits fits = new JointFits(heads, untrained());
            LogitRows.show(predictions(validation.get()), List.of(fits));
            joint = fits.choices();
        }
        List<JointDecoding> decodings = JointAnswers.decodings(joint);
        Optional<Combinations> all = wished.rules()
                .map(rules -> learner(heads, rules, training).learn())
                .or(() -> ofHierarchies(decodings, training));
        model.answerWith(decodings, List.of(), List.of(), all, List.of(), Optional.empty());
        if (!wished.areChosen()) {
            return new Chosen(joint, List.of(), List.of(), Optional.empty(), List.of(), List.of(), Optional.empty());
        }
        Predictions own = validation.isPresent()
                ? predictions(validation.get())
                : Predictions.builder(heads).build();
        List<CalibrationChoice> calibration =
                wished.isCalibrated() && validation.isPresent() ? CalibratedAnswers.choose(own) : List.of();
        Predictions answers = LogitRows.calibrated(own, CalibratedAnswers.calibration(calibration))
                .withThresholds(CalibratedAnswers.sameTags(calibration));
        ChosenThresholds thresholds = ChosenThresholds.of(wished, answers);
        Optional<CombinationFit> fit =
                all.filter(any -> wished.rules().isPresent()).map(each -> new CombinationFit(heads, each));
        SureFits sureFits = new SureFits(heads);
        List<LogitRows.Taker> takers = new ArrayList<>();
        fit.ifPresent(takers::add);
        wished.surePrecision().ifPresent(any -> takers.add(sureFits));
        LogitRows.show(answers, takers);
        Optional<CombinationChoice> choice = fit.flatMap(CombinationFit::best);
        List<SureChoice> sure = wished.surePrecision().isPresent()
                ? sureFits.choices(wished.surePrecision().getAsDouble())
                : List.of();
        Optional<Combinations> combinations = all.map(each -> choice.map(CombinationChoice::exponents)
                .map(each::withExponents)
                .orElse(each));
        Optional<Predictions> last = validation.map(any -> answers.withThresholds(thresholds.values()));
        model.answerWith(
                decodings,
                CalibratedAnswers.calibration(calibration),
                thresholds.values(),
                combinations,
                SureLevels.answers(sure),
                last.map(AnswerReferences::of));
        List<String> unsure = wished.surePrecision().stream()
                .boxed()
                .flatMap(precision -> unsure(precision, sure))
                .toList();
        return new Chosen(joint, calibration, thresholds.lines(), choice, sure, unsure, last);
    }

    private Stream<String> unsure(double precision, List<SureChoice> sure) {
        return heads.hierarchy().finest().stream()
                .filter(finest -> sure.stream().noneMatch(each -> each.finest().equals(finest)))
                .map(finest -> "predictions do not tell of what they are sure, '" + Excerpt.of(finest)
                        + "' or what it determines: no threshold is right for " + precision
                        + " of its answers for certain, which takes more right answers or more validation images");
    }

    private Predictions predictions(MultiLabelDataset data) throws IOException {
        try (Progress progress = Progress.of(settings.control().progress(), "answers", data.size())) {
            PredictionCollector collector =
                    new PredictionCollector(heads, progress, (batch, row, labels, logits) -> {});
            new EvaluationLoop(manager, loss)
                    .run(data, model, settings.optimisation().precision(), collector);
            return SharedPredictions.all(settings.control().group(), collector.predictions());
        }
    }

    private Set<String> untrained() {
        return settings.loss().headWeights().entrySet().stream()
                .filter(weight -> weight.getValue() == 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The most probable path of each hierarchy: what the finest head says, which has heard what its parents say. */
    private Optional<Combinations> ofHierarchies(List<JointDecoding> decodings, MultiLabelDataset training) {
        Set<String> names = new LinkedHashSet<>();
        Map<String, Double> exponents = new LinkedHashMap<>();
        for (JointDecoding decoding : decodings) {
            decoding.powers().keySet().forEach(parent -> {
                names.add(parent);
                exponents.put(parent, 0.0);
            });
            names.add(decoding.finest());
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        HeadSet ofHierarchies =
                heads.select(heads.names().stream().filter(names::contains).toList());
        return Optional.of(learner(ofHierarchies, List.of(), training).learn().withExponents(exponents));
    }

    private static CombinationLearner learner(HeadSet heads, List<Rule> rules, MultiLabelDataset training) {
        CombinationLearner learner = new CombinationLearner(heads, rules);
        for (int i = 0; i < training.size(); i++) {
            learner.add(training.labels(i));
        }
        return learner;
    }
}
