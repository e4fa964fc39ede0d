package io.github.multilabel.data.check;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Hierarchy;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows whose labels contradict each other: a coarse one that is not what the finer one determines. */
final class HierarchyChecks {

    private HierarchyChecks() {}

    /** A finding for each category whose rows do not agree. */
    static List<Finding> of(List<Sample> samples) {
        HeadSet heads = samples.get(0).labels().heads();
        Places places = new Places(samples);
        List<Finding> findings = new ArrayList<>();
        for (Hierarchy.Link link : heads.hierarchy().links()) {
            breaking(samples, link)
                    .forEach((category, rows) -> findings.add(new Finding(
                            Kind.BREAKS_HIERARCHY,
                            Severity.WARNING,
                            rows,
                            text(heads, link, category) + places.of(rows))));
        }
        return findings;
    }

    /** The rows that break a link, by the category of the child. */
    private static Map<Integer, List<Integer>> breaking(List<Sample> samples, Hierarchy.Link link) {
        Map<Integer, List<Integer>> breaking = new TreeMap<>();
        for (int row = 0; row < samples.size(); row++) {
            Labels labels = samples.get(row).labels();
            if (link.contradicts(labels)) {
                breaking.computeIfAbsent(labels.index(link.child()), key -> new ArrayList<>())
                        .add(row);
            }
        }
        return breaking;
    }

    private static String text(HeadSet heads, Hierarchy.Link link, int category) {
        Head child = heads.get(link.child());
        Head parent = heads.get(link.parent());
        return "'" + child.name() + "': '" + Excerpt.of(child.category(category)) + "' is of '" + parent.name() + "' '"
                + Excerpt.of(parent.category(link.parentOf().get(category))) + "', but these rows say another: ";
    }
}
