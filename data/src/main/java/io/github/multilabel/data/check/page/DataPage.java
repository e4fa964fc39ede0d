package io.github.multilabel.data.check.page;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.check.DataReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Labelled images and what a check found of them as one HTML file, to look at and to hand on: how many rows have each
 * category and how many have none, what goes together, sizes and formats, and the findings with their images.
 *
 * <pre>{@code
 * DataPage.of(table.check()).withTitle("labels.csv").write(Path.of("data.html"));
 * }</pre>
 *
 * <p>The file stands alone: it asks for nothing from a network and runs no script. It has the most frequent categories
 * and the first findings of each kind, so that it stays small whatever the number of rows. The images in it are decoded
 * once more for that.
 *
 * @param title above all, such as the name of the table
 * @param report what the check found
 * @param decoder of the images that are shown
 */
public record DataPage(String title, DataReport report, ImageDecoder decoder) {

    /** A page of a report, with the decoder that is the default of checks. */
    public static DataPage of(DataReport report) {
        return new DataPage("Labelled images", report, ImageDecoder.strict());
    }

    /** The same with another title. */
    public DataPage withTitle(String title) {
        return new DataPage(title, report, decoder);
    }

    /** The same with the decoder of the check. */
    public DataPage withDecoder(ImageDecoder decoder) {
        return new DataPage(title, report, decoder);
    }

    /**
     * Writes the page; missing parent folders are made.
     *
     * @param file replaced when the page is complete
     * @throws IOException if it cannot be written; an earlier file of the name is then as it was
     */
    public void write(Path file) throws IOException {
        byte[] page = html().getBytes(StandardCharsets.UTF_8);
        AtomicOutput.file(file, out -> out.write(page));
    }

    private String html() {
        List<Head> heads = new ArrayList<>();
        report.samples().get(0).labels().heads().forEach(heads::add);
        Parts parts = Parts.of(report);
        FindingsSection findings = FindingsSection.of(report, decoder);
        Html html = new Html();
        html.markup(PageStyle.START).element("title", Excerpt.of(title)).markup("</head>\n<body>\n<main>\n<h1>");
        html.given(Excerpt.of(title)).markup("</h1>\n");
        html.markup("<p>").text(rows(parts)).markup("</p>\n");
        findings.writeSummary(html);
        new CategoriesSection(heads, parts).write(html);
        new PairsSection(heads, report.samples().stream().map(Sample::labels).toList()).write(html);
        new ImagesSection(report.images()).write(html);
        findings.write(html);
        return html.markup("</main>\n</body>\n</html>\n").toString();
    }

    private String rows(Parts parts) {
        List<String> facts = new ArrayList<>();
        facts.add(Html.number(report.rows()) + " rows");
        if (report.split().isPresent()) {
            IntStream.range(0, parts.names().size())
                    .mapToObj(part -> Excerpt.of(parts.names().get(part)) + " " + Html.number(parts.rows()[part]))
                    .forEach(facts::add);
        }
        int bad = report.rows() - report.images().size();
        facts.add(
                bad == 0
                        ? "all images can be decoded"
                        : Html.number(bad) + (bad == 1 ? " image" : " images") + " cannot be decoded");
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING)) {
            int found = report.of(severity).size();
            facts.add(Html.number(found)
                    + (severity == Severity.ERROR ? " error" : " warning")
                    + (found == 1 ? "" : "s"));
        }
        return String.join(" \u00b7 ", facts);
    }
}
