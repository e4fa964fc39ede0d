package io.github.multilabel.onnx;

import io.github.multilabel.model.MultiLabelModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model as a file in a temporary folder of its own, for engines that compute files. Engines that have opened it need
 * it no more; it is deleted when this is closed.
 */
final class TemporaryExport implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryExport.class);

    private final Path folder;
    private final Path file;

    private TemporaryExport(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("model.onnx");
    }

    /**
     * Exports a model.
     *
     * @throws IllegalArgumentException if its layers are not known
     * @throws IllegalStateException if ONNX Runtime is missing, which checks the file
     * @throws IOException if the file cannot be written, or does not answer as the model does
     */
    static TemporaryExport of(MultiLabelModel model, OnnxInput input) throws IOException {
        TemporaryExport export = new TemporaryExport(Files.createTempDirectory("multilabel-engine"));
        boolean isReady = false;
        try {
            var unused = OnnxExport.of(model).optInput(input).write(export.file);
            isReady = true;
            return export;
        } finally {
            if (!isReady) {
                export.close();
            }
        }
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.warn("the temporary file {} will be deleted at the end of this process: {}", file, e.toString());
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit(); // before its folder
        }
    }
}
