package io.github.multilabel.training.internal.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The texts by which a checkpoint knows some settings. Keys and texts are the format of checkpoints: rename components
 * of settings as you like, but never a key, and never change a text.
 *
 * @param entries in order
 */
public record Fingerprint(List<Entry> entries) {

    private static final Fingerprint NOTHING = new Fingerprint(List.of());

    /** The consequence of an entry that differs when a training is resumed. */
    public enum Kind {
        /** The training is refused. */
        COMPARED,
        /** The training goes on with a warning, because its numbers are not those of one without interruption. */
        FREE,
        /** The training goes on with a warning, because its numbers are rounded in another way. */
        ROUNDING,
        /** The training goes on with a note in the log, because no weight depends on the entry. */
        HARMLESS,
        /** The component is in no checkpoint, because no number depends on it. The key is its name in code. */
        IRRELEVANT
    }

    /**
     * One setting.
     *
     * @param key in checkpoints
     * @param text in checkpoints
     * @param label in messages: the option that users know, or plain words where there is none
     */
    public record Entry(String key, String text, Kind kind, String label) {

        /** A setting whose key says in plain words what it is. */
        public Entry(String key, String text, Kind kind) {
            this(key, text, kind, key);
        }
    }

    /** Copies the list. */
    public Fingerprint {
        entries = List.copyOf(entries);
    }

    /** The fingerprint of nothing. */
    public static Fingerprint nothing() {
        return NOTHING;
    }

    /** This and a setting that must be as it was. */
    public Fingerprint compared(String key, Object value) {
        return and(new Entry(key, String.valueOf(value), Kind.COMPARED));
    }

    /** This and a setting that must be as it was, whose option is the label. */
    public Fingerprint compared(String key, Object value, String label) {
        return and(new Entry(key, String.valueOf(value), Kind.COMPARED, label));
    }

    /** This and a setting that may change, but decides the numbers. */
    public Fingerprint free(String key, Object value) {
        return and(new Entry(key, String.valueOf(value), Kind.FREE));
    }

    /** This and a setting that may change, but decides the numbers, whose option is the label. */
    public Fingerprint free(String key, Object value, String label) {
        return and(new Entry(key, String.valueOf(value), Kind.FREE, label));
    }

    /** This and what may change, but decides the last digits. */
    public Fingerprint rounding(String key, Object value) {
        return and(new Entry(key, String.valueOf(value), Kind.ROUNDING));
    }

    /** This and a setting that may change and decides no weight, whose option is the label. */
    public Fingerprint harmless(String key, Object value, String label) {
        return and(new Entry(key, String.valueOf(value), Kind.HARMLESS, label));
    }

    /** This, and components that decide no number. */
    public Fingerprint irrelevant(String... components) {
        Fingerprint more = this;
        for (String component : components) {
            more = more.and(new Entry(component, "", Kind.IRRELEVANT));
        }
        return more;
    }

    /** This and another one. */
    public Fingerprint and(Fingerprint other) {
        return and(other.entries);
    }

    private Fingerprint and(Entry entry) {
        return and(List.of(entry));
    }

    private Fingerprint and(Collection<Entry> more) {
        List<Entry> all = new ArrayList<>(entries);
        all.addAll(more);
        return new Fingerprint(all);
    }
}
