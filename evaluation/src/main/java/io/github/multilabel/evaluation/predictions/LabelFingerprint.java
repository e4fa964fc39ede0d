package io.github.multilabel.evaluation.predictions;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.internal.files.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * Tells whether two sets of labelled images are the same by the names of their files and their labels, whatever is in
 * the images and in whatever folders they lie.
 */
public final class LabelFingerprint {

    /** Of 64 digits; so many are never equal by chance. */
    private static final int DIGITS = 16;

    private LabelFingerprint() {}

    /** The beginning of the SHA-256 of the names and labels of all images, in their order. */
    public static String of(Predictions predictions) {
        return of(predictions.heads(), predictions.size(), predictions::source, predictions::labels);
    }

    /**
     * The same of a data set.
     *
     * @param heads whose labels count, which may be fewer than the data has
     */
    public static String of(HeadSet heads, MultiLabelDataset data) {
        return of(heads, data.size(), data::source, row -> data.labels(row).forHeads(heads));
    }

    private static String of(HeadSet heads, int size, IntFunction<String> sources, IntFunction<Labels> labels) {
        Digest digest = new Digest(Digest.SHA_256);
        try (OutputStream out = digest.passing(OutputStream.nullOutputStream())) {
            for (Head head : heads) {
                write(out, head.toString());
            }
            for (int row = 0; row < size; row++) {
                write(out, withoutFolders(sources.apply(row)));
                write(out, labels.apply(row).toString());
            }
        } catch (IOException e) { // which goes nowhere
            throw new UncheckedIOException(e);
        }
        return digest.hex().substring(0, DIGITS);
    }

    /** The same images lie in other folders on other machines. */
    private static String withoutFolders(String source) {
        return source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write(0);
    }
}
