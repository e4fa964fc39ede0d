package io.github.multilabel.model.card;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A model card as {@code MODEL_CARD.md}: Markdown for people, which nobody reads back. */
public final class ModelCardText {

    /** So many categories of a head are named. */
    private static final int NAMED = 20;
    /** So many of a head's rarest categories are named. */
    private static final int RAREST = 5;

    private final StringBuilder text = new StringBuilder();

    private ModelCardText() {}

    /**
     * The text.
     *
     * @param heads of the model
     * @param facts what the model itself knows, by name, such as its backbone
     */
    public static String of(ModelCard card, HeadSet heads, Map<String, String> facts) {
        ModelCardText page = new ModelCardText();
        page.line("# Model card");
        page.line(
                "An image classifier that answers " + (heads.size() == 1 ? "one question" : heads.size() + " questions")
                        + " about an image at once. What is marked **to be filled in** only people can say: write it under `notes`"
                        + " in `model-card.json`, from which this text is made anew whenever the model is saved.");
        page.notes(card, ModelCard.Note.INTENDED_USE, ModelCard.Note.NOT_INTENDED, ModelCard.Note.CONTACT);
        page.heads(heads);
        page.facts("The model", facts);
        page.metrics(card);
        page.data(card);
        page.notes(card, ModelCard.Note.IMAGES);
        card.weights().ifPresent(page::weights);
        page.facts("Training", card.training());
        page.limits(card);
        return page.text.toString();
    }

    private void notes(ModelCard card, ModelCard.Note... notes) {
        for (ModelCard.Note note : notes) {
            line("## " + note.title());
            line(Optional.ofNullable(card.notes().get(note))
                    .map(ModelCardText::escaped)
                    .orElse("**To be filled in:** " + note.asks() + "."));
        }
    }

    private void heads(HeadSet heads) {
        line("## What it answers");
        table("head", "answer", "categories");
        for (Head head : heads) {
            row(
                    escaped(head.name()),
                    switch (head.kind()) {
                        case SINGLE_LABEL -> "one of " + head.size();
                        case MULTI_LABEL -> "any of " + head.size();
                    },
                    named(head.categories(), NAMED));
        }
        text.append('\n');
    }

    private static String named(List<String> names, int most) {
        String first = String.join(
                ", ", names.stream().limit(most).map(ModelCardText::escaped).toList());
        return names.size() <= most ? first : first + " and " + (names.size() - most) + " more";
    }

    private void facts(String title, Map<String, String> facts) {
        if (facts.isEmpty()) {
            return;
        }
        line("## " + title);
        facts.forEach((name, value) -> text.append("- ")
                .append(escaped(name))
                .append(": ")
                .append(escaped(value))
                .append('\n'));
        text.append('\n');
    }

    private void metrics(ModelCard card) {
        line("## How good it is");
        if (card.metrics().isEmpty()) {
            line("It was not evaluated when it was saved.");
            return;
        }
        line(
                "Measured on images that it was not trained on, which also chose its best epoch; on images of another kind it"
                        + " can be worse. In brackets the interval in which the value of such images lies with 95 % confidence.");
        table("metric", "value", "interval");
        card.metrics()
                .forEach((name, measured) ->
                        row(escaped(name), number(measured.value()), interval(measured.low(), measured.high())));
        text.append('\n');
    }

    private static String interval(OptionalDouble low, OptionalDouble high) {
        return low.isPresent() && high.isPresent()
                ? "[" + number(low.getAsDouble()) + ", " + number(high.getAsDouble()) + "]"
                : "";
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.4f", value);
    }

    private void data(ModelCard card) {
        if (card.data().isEmpty()) {
            return;
        }
        line("## Data");
        table("part", "images", "head", "labelled", "rarest categories");
        for (ModelCard.Part part : card.data()) {
            for (ModelCard.Labelled head : part.heads()) {
                row(
                        escaped(part.name()),
                        Long.toString(part.images()),
                        escaped(head.head()),
                        Long.toString(head.images()),
                        rarest(head));
            }
        }
        text.append('\n');
    }

    private static String rarest(ModelCard.Labelled head) {
        return String.join(
                ", ",
                head.categories().entrySet().stream()
                        .sorted(Map.Entry.comparingByValue())
                        .limit(RAREST)
                        .map(category -> escaped(category.getKey()) + " " + category.getValue())
                        .toList());
    }

    private void weights(ModelCard.Weights weights) {
        line("## Where its weights began");
        line(escaped(weights.name()) + ", from " + escaped(weights.source()) + ". Licence: "
                + weights.licence().map(ModelCardText::escaped).orElse("**to be filled in**, it is not known") + ".");
    }

    private void limits(ModelCard card) {
        line("## Limits");
        line("It answers for every image, also for one that shows none of its categories, unless a head is let say"
                + " 'unknown'. What is known beyond that:");
        card.limits().forEach(limit -> text.append("- ").append(escaped(limit)).append('\n'));
        text.append(
                "- Whether it treats groups of people or things unequally was not examined: **to be filled in**.\n");
    }

    private void line(String line) {
        text.append(line).append("\n\n");
    }

    private void table(String... columns) {
        row(columns);
        text.append("|---".repeat(columns.length)).append("|\n");
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** What users named as Markdown that shows it, on one line: a backslash before what would be taken for markup. */
    private static String escaped(String given) {
        return given.replaceAll("\\s+", " ").replaceAll("([\\\\`*_{}\\[\\]<>|#])", "\\\\$1");
    }
}
