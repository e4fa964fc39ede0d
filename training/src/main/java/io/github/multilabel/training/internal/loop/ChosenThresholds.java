package io.github.multilabel.training.internal.loop;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.evaluation.AnswerThresholds;
import io.github.multilabel.evaluation.calibration.AbstentionChoice;
import io.github.multilabel.evaluation.calibration.TagThresholds;
import io.github.multilabel.evaluation.predictions.Predictions;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.training.internal.settings.AnswerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * From which probability on the heads of a trained model answer.
 *
 * @param values for the model
 * @param lines a sentence for each head for which it was wished
 */
record ChosenThresholds(List<HeadThreshold> values, List<String> lines) {

    /**
     * Chooses what is wished.
     *
     * @param answers of the model, calibrated if it is, with the thresholds by which it predicts the tags that it
     *     predicted before
     */
    static ChosenThresholds of(AnswerSettings wished, Predictions answers) {
        List<HeadThreshold> values = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        if (wished.answerPrecision().isPresent()) {
            double precision = wished.answerPrecision().getAsDouble();
            Map<String, AbstentionChoice> chosen = AnswerThresholds.unknown(answers, precision);
            values.addAll(AnswerThresholds.ofUnknown(chosen));
            answers.heads().stream()
                    .filter(head -> head.kind() == Head.Kind.SINGLE_LABEL)
                    .forEach(head -> lines.add(line(head, chosen, precision)));
        }
        if (wished.tagThresholds()) {
            Map<String, List<TagThresholds.Tag>> chosen = AnswerThresholds.tags(answers);
            values.addAll(AnswerThresholds.ofTags(chosen));
            chosen.forEach((head, tags) -> lines.add(line(head, tags)));
        } else {
            values.addAll(answers.thresholds());
        }
        return new ChosenThresholds(values, lines);
    }

    private static String line(Head head, Map<String, AbstentionChoice> chosen, double precision) {
        AbstentionChoice choice = chosen.get(head.name());
        return choice != null
                ? Excerpt.of(head.name()) + " " + choice
                : "'" + Excerpt.of(head.name()) + "' always answers: no threshold is right for " + precision
                        + " of its answers for certain, which takes more right answers or more validation images";
    }

    private static String line(String head, List<TagThresholds.Tag> tags) {
        List<TagThresholds.Tag> chosen =
                tags.stream().filter(TagThresholds.Tag::isChosen).toList();
        String kept = tags.size() == chosen.size()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; the usual threshold for %d of them, which fewer than %d validation images have or lack",
                        tags.size() - chosen.size(),
                        TagThresholds.FEW);
        return chosen.isEmpty()
                ? Excerpt.of(head) + ": no threshold chosen" + kept
                : String.format(
                        Locale.ROOT,
                        "%s predicted from %.3f to %.3f on, by the best F1 of each: mean %.3f, before %.3f%s",
                        Excerpt.of(head),
                        chosen.stream()
                                .mapToDouble(TagThresholds.Tag::threshold)
                                .min()
                                .orElseThrow(),
                        chosen.stream()
                                .mapToDouble(TagThresholds.Tag::threshold)
                                .max()
                                .orElseThrow(),
                        chosen.stream()
                                .mapToDouble(TagThresholds.Tag::f1)
                                .average()
                                .orElseThrow(),
                        chosen.stream()
                                .mapToDouble(TagThresholds.Tag::usualF1)
                                .average()
                                .orElseThrow(),
                        kept);
    }
}
