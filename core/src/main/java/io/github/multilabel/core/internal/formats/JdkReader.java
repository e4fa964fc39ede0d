package io.github.multilabel.core.internal.formats;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Runs one of the JDK's readers over an array and collects its warnings. */
final class JdkReader {

    private JdkReader() {}

    /** What to ask of the reader. */
    @FunctionalInterface
    interface Question<T> {
        T ask(ImageReader reader) throws IOException;
    }

    /** What the reader gave, and its warnings. */
    record Answer<T>(T value, List<String> warnings) {}

    static <T> Answer<T> read(ImageFormat format, byte[] bytes, Question<T> question) throws IOException {
        ImageReader reader = format.newReader();
        try (ByteArrayImageInput input = new ByteArrayImageInput(bytes)) {
            List<String> warnings = new ArrayList<>();
            IIOReadWarningListener listener = (source, warning) -> warnings.add(warning);
            reader.addIIOReadWarningListener(listener);
            reader.setInput(input, true, true);
            return new Answer<>(question.ask(reader), warnings);
        } finally {
            reader.dispose();
        }
    }
}
