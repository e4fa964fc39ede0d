package io.github.multilabel.data.check.page;

import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.check.DataReport;
import io.github.multilabel.data.internal.Parallel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was found, kind by kind, with the images that it is about: those that are the same side by side. */
final class FindingsSection {

    /** Of a kind. */
    private static final int SHOWN = 12;
    /** Of a finding. */
    private static final int IMAGES = 4;

    private final DataReport report;
    private final List<Kind> kinds;
    /** By row; those that cannot be decoded are empty. */
    private final Map<Integer, Optional<Thumbnail>> thumbnails = new LinkedHashMap<>();

    private FindingsSection(DataReport report) {
        this.report = report;
        this.kinds = report.findings().stream().map(Finding::kind).distinct().toList();
    }

    /** Decodes again what is shown, and nothing else. */
    static FindingsSection of(DataReport report, ImageDecoder decoder) {
        FindingsSection section = new FindingsSection(report);
        List<Integer> rows = section.kinds.stream()
                .flatMap(kind -> report.of(kind).stream().limit(SHOWN))
                .flatMap(finding -> finding.rows().stream().limit(IMAGES))
                .distinct()
                .toList();
        List<Optional<Thumbnail>> made = Parallel.map(
                rows,
                Runtime.getRuntime().availableProcessors(),
                row -> Thumbnail.of(report.samples().get(row).image(), decoder),
                "drawing the page",
                ProgressListener.none());
        for (int i = 0; i < made.size(); i++) {
            section.thumbnails.put(rows.get(i), made.get(i));
        }
        return section;
    }

    void writeSummary(Html html) {
        if (kinds.isEmpty()) {
            html.element("p", "Nothing was found that would stop or spoil a training.");
            return;
        }
        html.markup("<ul class=\"summary\">\n");
        for (Kind kind : kinds) {
            List<Finding> found = report.of(kind);
            html.markup("<li><a href=\"#" + kind.inFiles() + "\">");
            severity(html, found.get(0));
            html.text(" " + kind.words())
                    .markup("</a> <b>")
                    .text(Html.number(found.size()))
                    .markup("</b></li>\n");
        }
        html.markup("</ul>\n");
    }

    void write(Html html) {
        if (!kinds.isEmpty()) {
            html.element("h2", "Findings");
        }
        for (Kind kind : kinds) {
            List<Finding> found = report.of(kind);
            html.markup("<section id=\"" + kind.inFiles() + "\"><h3>");
            severity(html, found.get(0));
            html.text(" " + kind.words() + ": " + Html.number(found.size()))
                    .markup("</h3>\n<div class=\"findings\">\n");
            found.stream().limit(SHOWN).forEach(finding -> finding(html, finding));
            html.markup("</div>\n");
            if (found.size() > SHOWN) {
                html.element("p", "and " + Html.number(found.size() - SHOWN) + " more");
            }
            html.markup("</section>\n");
        }
    }

    private static void severity(Html html, Finding finding) {
        String severity = finding.severity().inFiles().toLowerCase(Locale.ROOT);
        html.markup("<span class=\"severity " + severity + "\">").text(severity).markup("</span>");
    }

    private void finding(Html html, Finding finding) {
        List<Integer> pictured = finding.rows().stream()
                .limit(IMAGES)
                .filter(row -> thumbnail(row).isPresent())
                .toList();
        html.markup(pictured.isEmpty() ? "<div class=\"words\">" : "<div>");
        if (!pictured.isEmpty()) {
            html.markup("<div class=\"sheet\">\n");
            for (int row : pictured) {
                thumbnail(row).ifPresent(thumbnail -> image(html, row, thumbnail));
            }
            if (finding.rows().size() > IMAGES) {
                html.element("p", "and " + Html.number(finding.rows().size() - IMAGES) + " more");
            }
            html.markup("</div>\n");
        }
        html.markup("<p>").given(shortened(finding.message())).markup("</p></div>\n");
    }

    private Optional<Thumbnail> thumbnail(int row) {
        return thumbnails.getOrDefault(row, Optional.empty());
    }

    private void image(Html html, int row, Thumbnail thumbnail) {
        Sample sample = report.samples().get(row);
        List<String> lines = new ArrayList<>();
        lines.add(Excerpt.of(fileName(sample.image().name())));
        report.split().ifPresent(split -> lines.add(Excerpt.of(split.part(row))));
        lines.add(Excerpt.of(sample.labels().toString()));
        html.markup("<figure><img alt=\"\" width=\"" + thumbnail.width() + "\" height=\"" + thumbnail.height()
                + "\" src=\"" + thumbnail.address() + "\"><figcaption>");
        lines.forEach(line -> html.markup("<span>").given(line).markup("</span>"));
        html.markup("</figcaption></figure>\n");
    }

    private static String fileName(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    private static String shortened(String message) {
        int most = 400;
        return message.codePointCount(0, message.length()) <= most
                ? message
                : message.substring(0, message.offsetByCodePoints(0, most)) + "\u2026";
    }
}
