package io.github.multilabel.cli.command;

import io.github.multilabel.cli.config.RunFile;
import io.github.multilabel.cli.program.FoldsOutput;
import io.github.multilabel.evaluation.report.EvaluationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What a report says of the training that left a run.json. */
final class RunSettings {

    private RunSettings() {}

    /**
     * Adds the options and versions of the training in a folder, or of the first one of a cross validation; nothing if
     * there is none.
     */
    static void add(EvaluationReport.Builder report, Path folder) throws IOException {
        Optional<RunFile> own = RunFile.in(folder);
        Optional<RunFile> run = own.isPresent() ? own : RunFile.in(FoldsOutput.fold(folder, 1));
        run.ifPresent(found -> {
            found.settings().forEach(report::addSetting);
            found.versions().forEach((name, version) -> report.addEnvironment(name + " of the training", version));
        });
    }
}
