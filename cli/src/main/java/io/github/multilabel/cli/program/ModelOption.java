package io.github.multilabel.cli.program;

import ai.djl.MalformedModelException;
import io.github.multilabel.model.MultiLabelModel;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of every program that uses a saved model. */
public final class ModelOption {

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "A folder that train saved, such as runs/table/model.")
    private Path folder;

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** Loads it; to be closed by the caller. */
    public MultiLabelModel load() throws IOException, MalformedModelException {
        return MultiLabelModel.load(folder);
    }
}
