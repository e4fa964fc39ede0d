package io.github.multilabel.cli.config;

import io.github.multilabel.cli.config.ConfigEntry.Named;
import io.github.multilabel.cli.config.ConfigEntry.One;
import io.github.multilabel.cli.config.ConfigEntry.Several;
import io.github.multilabel.cli.config.ConfigEntry.Value;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.core.internal.message.Excerpt;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The entries of a file of YAML. Its events are read one by one, and nothing is built from them but texts: {@code no},
 * {@code 010} and {@code 1e-3} stay what they are, and a file that nests or repeats without end is refused where it
 * begins to.
 */
final class YamlConfig {

    private final ConfigSource source;
    private final Iterator<Event> events;

    private YamlConfig(ConfigSource source, String text) {
        this.source = source;
        this.events = new Parse(LoadSettings.builder().setLabel(source.name()).build())
                .parseString(text)
                .iterator();
    }

    /** @throws InvalidInputException if it is no YAML, or is more than a map of values and lists */
    static List<ConfigEntry> entries(ConfigSource source, String text) {
        try {
            return new YamlConfig(source, text).document();
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw source.refusal(line, "this is not YAML: " + e.getProblem() + hint(e.getProblem()));
        } catch (ReaderException e) {
            throw source.refusal("it has the character U+" + String.format(Locale.ROOT, "%04X", e.getCodePoint())
                    + ", which YAML does not allow");
        } catch (YamlEngineException e) {
            throw source.refusal("this is not YAML: " + Excerpt.of(e.getMessage()));
        }
    }

    private static String hint(String problem) {
        return problem.contains("\\t") || problem.contains("'\t'")
                ? "; YAML is indented with blanks, not with tabs"
                : "";
    }

    private List<ConfigEntry> document() {
        expect(Event.ID.StreamStart);
        Event first = events.next();
        if (first.getEventId() == Event.ID.StreamEnd) {
            throw source.empty();
        }
        Event root = events.next();
        if (root instanceof ScalarEvent nothing && nothing.getValue().isEmpty()) {
            throw source.empty();
        }
        if (root.getEventId() != Event.ID.MappingStart) {
            throw refusal(root, "options are expected, one in a line, such as 'epochs: 5'");
        }
        List<ConfigEntry> entries = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            String key = scalar(event, "the name of an option");
            entries.add(new ConfigEntry(key, value(key, events.next()), source.at(line(event))));
        }
        expect(Event.ID.DocumentEnd);
        Event end = events.next();
        if (end.getEventId() != Event.ID.StreamEnd) {
            throw refusal(end, "a second document begins here; one is expected");
        }
        return entries;
    }

    private void expect(Event.ID id) {
        Event event = events.next();
        if (event.getEventId() != id) {
            throw refusal(event, "this is not expected here");
        }
    }

    private Value value(String key, Event event) {
        String name = "'" + Excerpt.of(key) + "'";
        return switch (event.getEventId()) {
            case SequenceStart -> several(name);
            case MappingStart -> named(name);
            default -> {
                String text = scalar(event, "the value of " + name);
                if (text.isEmpty() && ((ScalarEvent) event).isPlain()) {
                    throw refusal(event, name + " has no value");
                }
                yield new One(text);
            }
        };
    }

    private Several several(String name) {
        List<String> texts = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            texts.add(scalar(event, "each entry of the list " + name));
        }
        return new Several(texts);
    }

    private Named named(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            String inner = scalar(event, "each name in " + name);
            String text = scalar(events.next(), "'" + Excerpt.of(inner) + "' in " + name);
            if (texts.put(inner, text) != null) {
                throw refusal(event, name + " has '" + Excerpt.of(inner) + "' twice");
            }
        }
        return new Named(texts);
    }

    private String scalar(Event event, String what) {
        if (event.getEventId() == Event.ID.Alias) {
            throw refusal(event, what + " is an alias (*); write it out, or in quotes if it is a text");
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw refusal(event, what + " has an anchor (&), which leads nowhere here; quote it if it is a text");
        }
        if (!(event instanceof ScalarEvent scalar)) {
            throw refusal(event, what + " must be a single value, got a list or a map");
        }
        if (scalar.getTag().isPresent()) {
            throw refusal(
                    event,
                    what + " has the tag " + Excerpt.of(scalar.getTag().get())
                            + "; every value is taken as it is written: leave out the tag, or quote it if it is a text");
        }
        return scalar.getValue();
    }

    private InvalidInputException refusal(Event event, String what) {
        return source.refusal(line(event), what);
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
