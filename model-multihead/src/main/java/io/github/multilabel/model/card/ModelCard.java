package io.github.multilabel.model.card;

import io.github.multilabel.core.internal.message.Given;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What people should know of a model before they use it, after Mitchell et al. 2019 (Model Cards for Model Reporting):
 * on what it was trained, how good it is, where its weights began, and what only people can say of it. What the model
 * itself knows, such as its heads, stands in the text of the card without being here. Immutable.
 *
 * <pre>{@code
 * model.withCard(model.card().orElseThrow().with(ModelCard.Note.INTENDED_USE, "suggests the brand of an advertisement"));
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
        return new ModelCard(List.of(), Map.of(), Optional.empty(), Map.of(), List.of(), Map.of());
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
        String inFiles() {
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
    public record Weights(String name, String source, Optional<String> licence) {}

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

    /** The same with more limits. */
    public ModelCard withLimits(List<String> more) {
        List<String> all = new ArrayList<>(limits);
        all.addAll(more);
        return new ModelCard(data, metrics, weights, training, all, notes);
    }

    /** The same with the notes of another, such as those of the model that was trained on. */
    public ModelCard withNotesOf(ModelCard other) {
        Map<Note, String> all = new LinkedHashMap<>(other.notes);
        all.putAll(notes);
        return new ModelCard(data, metrics, weights, training, limits, all);
    }
}
