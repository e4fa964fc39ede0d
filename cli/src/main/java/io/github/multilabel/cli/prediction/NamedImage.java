package io.github.multilabel.cli.prediction;

import io.github.multilabel.core.image.ImageSource;
import java.io.IOException;
import java.util.Optional;

/** An image under the name that its table has for it, so that predictions can be joined with the table. */
record NamedImage(String name, ImageSource image) implements ImageSource {

    @Override
    public byte[] read() throws IOException {
        return image.read();
    }

    @Override
    public Optional<String> problem() {
        return image.problem();
    }
}
