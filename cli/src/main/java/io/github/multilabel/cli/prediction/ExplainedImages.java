package io.github.multilabel.cli.prediction;

import io.github.multilabel.cli.program.Flags;
import io.github.multilabel.core.ProgressListener;
import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.model.explain.Explanation;
import io.github.multilabel.model.explain.GradCam;
import io.github.multilabel.model.explain.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Explains images, a picture for each, and counts those that could not be read. */
public final class ExplainedImages {

    private final Map<Path, ImageSource> images;
    private final ImageDecoder decoder;
    private final ExplanationPicture picture;
    private final ProgressListener progress;
    private final List<String> problems = new ArrayList<>();

    /**
     * Nothing is read yet.
     *
     * @param images by the picture that is drawn of each, see {@link PictureFiles}
     */
    public ExplainedImages(
            Map<Path, ImageSource> images,
            ImageDecoder decoder,
            ExplanationPicture picture,
            ProgressListener progress) {
        this.images = images;
        this.decoder = decoder;
        this.picture = picture;
        this.progress = progress;
    }

    /**
     * Explains all, one after the other: a photo as large as it is takes more memory than what the model computes.
     *
     * @throws IOException if a picture cannot be written
     */
    public void write(GradCam cam, List<Target> targets) throws IOException {
        int done = 0;
        for (Map.Entry<Path, ImageSource> image : images.entrySet()) {
            try {
                Pixels photo = decoder.decode(image.getValue());
                Explanation explanation = explained(cam, image.getValue(), photo, targets);
                picture.write(image.getKey(), image.getValue().name(), FigureImages.small(photo), explanation);
            } catch (ImageDecodeException e) {
                problems.add(problem(image.getValue(), e.reason() + "; " + e.remedy()));
            }
            progress.onProgress("explaining images", ++done, images.size());
        }
    }

    private static Explanation explained(GradCam cam, ImageSource image, Pixels photo, List<Target> targets)
            throws ImageDecodeException {
        try {
            return cam.explain(photo, targets);
        } catch (OutOfMemoryError e) { // while it was resized
            throw ImageDecodeException.outOfMemory(image.name(), e);
        }
    }

    private static String problem(ImageSource image, String reason) {
        String place = image instanceof NamedImage named ? named.image().name() : image.name();
        return "'" + place + "': " + Flags.of(reason);
    }

    /** What is wrong with each image that could not be read, in order. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** For example {@code 3 images: 2 explained, 1 could not be read}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d %s: %,d explained, %,d could not be read",
                images.size(),
                images.size() == 1 ? "image" : "images",
                images.size() - problems.size(),
                problems.size());
    }
}
