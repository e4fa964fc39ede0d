package io.github.multilabel.evaluation.report;

import io.github.multilabel.evaluation.internal.page.Cell;
import io.github.multilabel.evaluation.internal.page.Part;
import io.github.multilabel.evaluation.internal.page.Section;
import io.github.multilabel.evaluation.internal.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From what the figures come. */
final class SettingsSection {

    private SettingsSection() {}

    static Section of(Map<String, String> configuration, Map<String, String> environment) {
        List<Part> parts = new ArrayList<>();
        add(parts, "Configuration", configuration);
        add(parts, "Versions and data", environment);
        return new Section("Configuration", parts);
    }

    private static void add(List<Part> parts, String caption, Map<String, String> values) {
        if (!values.isEmpty()) {
            parts.add(new Table(
                    caption,
                    List.of("name", "value"),
                    values.entrySet().stream()
                            .map(entry -> List.of(Cell.text(entry.getKey()), Cell.text(entry.getValue())))
                            .toList()));
        }
    }
}
