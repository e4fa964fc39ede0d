package io.github.multilabel.cli.command;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.ImageSource;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** Labelled images that a model is evaluated on. */
interface Evaluated {

    /**
     * Looks which images are there.
     *
     * @param heads those of the model
     * @return to be closed by the caller
     */
    Images images(HeadSet heads) throws IOException;

    /**
     * The images, and the parts of a split that they are of, in words.
     *
     * @param dataset closed with this
     * @param sources finds an image by its name
     */
    record Images(MultiLabelDataset dataset, List<String> parts, Function<String, ImageSource> sources)
            implements AutoCloseable {
        @Override
        public void close() {
            dataset.close();
        }
    }
}
