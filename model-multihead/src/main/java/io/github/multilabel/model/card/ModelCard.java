package io.github.multilabel.model.card;

import io.github.multilabel.core.internal.message.Given;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What people should know of a model before they use it, after Mitchell et al. 2019 (Model Cards for Model Reporting):
 * on what it was trained, how good it is, where its weights began, and what only people can say of it. What the model
 * itself knows, such as its heads, stands in the text of the card without being here. Immutable.
 *
 * <pre>{@code
 * try (MultiLabelModel noted = model.withCard(
 *         model.card().with(ModelCard.Note.INTENDED_USE, "suggests the brand of an advertisement"))) {
 *     noted.save(folder);
 * }
 * }</pre>
 *
 * @param data the images that it was trained and evaluated on
 * @param metrics by name, as in {@code metrics.json}
 * @param weights where the backbone's weights began; empty if they were drawn at random
 * @param training how it was trained, by the name of each setting, and what identifies the data
 * @param limits what is known to be against it, a sentence each
 * @param notes what people have written
 */
public record ModelCard(
        List<Part> data,
        Map<String, Measured> metrics,
        Optional<Weights> weights,
        Map<String, String> training,
        List<String> limits,
        Map<Note, String> notes) {

    /** Copies all lists and maps, and keeps their order. */
    public ModelCard {
        data = List.copyOf(data);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
        limits = List.copyOf(limits);
        notes = Map.copyOf(notes);
    }

    /** A card that says nothing yet. */
    public static ModelCard empty() {
        return beginning(Optional.empty());
    }

    /**
     * The card of a model that was not trained yet.
     *
     * @param weights where those of its backbone began
     */
    public static ModelCard beginning(Optional<Weights> weights) {
        return new ModelCard(List.of(), Map.of(), weights, Map.of(), List.of(), Map.of());
    }

    /** What only people can say. */
    public enum Note {
        /** For what the model is meant, and for whom. */
        INTENDED_USE("intendedUse", "Intended use", "for what and for whom the model is meant"),
        /** For what the model is not meant. */
        NOT_INTENDED("notIntended", "Not intended for", "uses for which it is unfit or not allowed"),
        /** Where the images come from. */
        IMAGES("images", "Where the images come from", "who took them, when and where, and under which licence"),
        /** Whom to ask. */
        CONTACT("contact", "Contact", "whom to ask, and where to report a wrong answer");

        private final String inFiles;
        private final String title;
        private final String asks;

        Note(String inFiles, String title, String asks) {
            this.inFiles = inFiles;
            this.title = title;
            this.asks = asks;
        }

        /** Its name in files, which stays. */
        public String inFiles() {
            return inFiles;
        }

        /** Its title in the text. */
        String title() {
            return title;
        }

        /** What it asks for, within a sentence. */
        String asks() {
            return asks;
        }
    }

    /**
     * Some of the images.
     *
     * @param name such as {@code training}
     * @param images how many there are
     * @param heads how many have labels
     */
    public record Part(String name, long images, List<Labelled> heads) {
        /** Copies the list. */
        public Part {
            heads = List.copyOf(heads);
        }
    }

    /**
     * The labels of one head.
     *
     * @param head its name
     * @param images that have a label
     * @param categories the images of each category, in the order of the head
     */
    public record Labelled(String head, long images, Map<String, Long> categories) {
        /** Copies the map, and keeps its order. */
        public Labelled {
            categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
        }
    }

    /**
     * A metric.
     *
     * @param value NaN if it is undefined
     * @param low where its interval begins; empty if none is known
     * @param high where its interval ends
     */
    public record Measured(double value, OptionalDouble low, OptionalDouble high) {
        /** For example {@code 0.912 [0.900, 0.930]}; {@code n/a} if it is undefined. */
        @Override
        public String toString() {
            return number(value)
                    + (low.isPresent() && high.isPresent()
                            ? " [" + number(low.getAsDouble()) + ", " + number(high.getAsDouble()) + "]"
                            : "");
        }

        private static String number(double value) {
            return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.3f", value);
        }

        /** A value of which no interval is known. */
        public static Measured of(double value) {
            return new Measured(value, OptionalDouble.empty(), OptionalDouble.empty());
        }
    }

    /**
     * The weights from which a training began.
     *
     * @param name of the file, or of the published weights
     * @param source where they come from
     * @param licence as their publisher names it; empty if it is unknown
     */
    public record Weights(String name, String source, Optional<String> licence) {
        /** For example {@code tv_resnet34, from its publisher, licence BSD-3-Clause}. */
        @Override
        public String toString() {
            return name + ", from " + source + ", licence " + licence.orElse("unknown");
        }
    }

    /**
     * The same with a note of people.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public ModelCard with(Note note, String text) {
        if (Given.require(text, "text", "e.g. suggests the brand of an advertisement")
                .isBlank()) {
            throw new IllegalArgumentException("the note '" + note.title() + "' is blank; it says " + note.asks());
        }
        Map<Note, String> all = new LinkedHashMap<>(notes);
        all.put(note, text);
        return new ModelCard(data, metrics, weights, training, limits, all);
    }

    /** What is left when a training begins: where the weights began, and the notes of people. */
    public ModelCard beforeTraining() {
        return new ModelCard(List.of(), Map.of(), weights, Map.of(), List.of(), notes);
    }

    /**
     * What is left where only some heads are: the metrics and labels of these.
     *
     * @param heads their names
     */
    public ModelCard among(List<String> heads) {
        boolean isWhole = data.stream()
                .flatMap(part -> part.heads().stream())
                .allMatch(labelled -> heads.contains(labelled.head()));
        if (isWhole) {
            return this;
        }
        Map<String, Measured> left = new LinkedHashMap<>(metrics);
        left.keySet().removeIf(metric -> heads.stream().noneMatch(head -> metric.startsWith(head + "_")));
        List<Part> parts = data.stream()
                .map(part -> new Part(
                        part.name(),
                        part.images(),
                        part.heads().stream()
                                .filter(labelled -> heads.contains(labelled.head()))
                                .toList()))
                .toList();
        return new ModelCard(parts, left, weights, training, limits, notes);
    }
}
