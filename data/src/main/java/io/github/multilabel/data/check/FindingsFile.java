package io.github.multilabel.data.check;

import ai.djl.util.JsonUtils;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Sample;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** All findings as a file for other programs. */
final class FindingsFile {

    private final DataReport report;

    private FindingsFile(DataReport report) {
        this.report = report;
    }

    static void write(Path file, DataReport report) throws IOException {
        FindingsFile findings = new FindingsFile(report);
        boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
        AtomicOutput.file(file, out -> {
            Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            if (json) {
                findings.json(text);
            } else {
                findings.csv(text);
            }
            text.flush();
        });
    }

    private void csv(Writer text) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setRecordSeparator('\n')
                .setHeader("finding", "kind", "severity", "row", "image", "origin", "part", "message")
                .get();
        CSVPrinter csv = new CSVPrinter(text, format);
        int number = 0;
        for (Finding finding : report.findings()) {
            number++;
            String kind = finding.kind().inFiles();
            String severity = finding.severity().inFiles();
            if (finding.rows().isEmpty()) {
                csv.printRecord(number, kind, severity, "", "", "", "", finding.message());
            }
            for (int row : finding.rows()) {
                Sample sample = report.samples().get(row);
                csv.printRecord(
                        number,
                        kind,
                        severity,
                        row,
                        sample.image().name(),
                        sample.origin(),
                        part(row),
                        finding.message());
            }
        }
        csv.flush();
    }

    private void json(Writer text) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("rows", report.rows());
        all.put("usable", report.isUsable());
        all.put("findings", report.findings().stream().map(this::json).toList());
        text.write(JsonUtils.GSON_PRETTY.toJson(all));
    }

    private Map<String, Object> json(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", finding.kind().inFiles());
        json.put("severity", finding.severity().inFiles());
        json.put("message", finding.message());
        json.put("images", finding.rows().stream().map(this::json).toList());
        return json;
    }

    private Map<String, Object> json(int row) {
        Sample sample = report.samples().get(row);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("row", row);
        json.put("image", sample.image().name());
        json.put("origin", sample.origin());
        json.put("part", part(row));
        return json;
    }

    private String part(int row) {
        return report.split().map(split -> split.part(row)).orElse("");
    }
}
