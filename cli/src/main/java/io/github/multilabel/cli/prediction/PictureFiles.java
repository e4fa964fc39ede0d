package io.github.multilabel.cli.prediction;

import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.drawing.Canvas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The pictures of a folder that are drawn of images: {@code car.png} of {@code photos/car.jpg}. */
public final class PictureFiles {

    private static final int LONGEST = 100;

    private PictureFiles() {}

    /**
     * Names a picture for each image; where two would be alike, the later gets a number.
     *
     * @param option that names the folder, for example {@code --output}
     * @param overwrite whether pictures that are there may be replaced; images that are read never are
     * @return in the order of the images
     * @throws InvalidInputException if the folder is a file, or a picture is there already
     * @throws IOException if a picture cannot be compared with an image
     */
    public static Map<Path, ImageSource> of(String option, Path folder, List<ImageSource> images, boolean overwrite)
            throws IOException {
        InvalidInputException.require(
                !Files.exists(folder) || Files.isDirectory(folder),
                option + " " + folder + " is a file; name a folder, which may be new");
        Map<Path, ImageSource> pictures = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (ImageSource image : images) {
            String stem = stem(image.name());
            String name = stem;
            for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
                name = stem + "-" + number;
            }
            pictures.put(folder.resolve(name + ".png"), image);
        }
        for (Path picture : pictures.keySet()) {
            NewFile.require(option, picture, overwrite);
            NewFile.requireNoInput(option, picture, images.stream().map(PictureFiles::file));
        }
        return pictures;
    }

    private static String file(ImageSource image) {
        return image instanceof NamedImage named ? named.image().name() : image.name();
    }

    private static String stem(String image) {
        String name = Canvas.fileName(image);
        int dot = name.lastIndexOf('.');
        String stem = (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^\\p{L}\\p{N}._ -]", "_");
        String shortened = stem.substring(0, Math.min(LONGEST, stem.length())).strip();
        return shortened.isEmpty() ? "image" : shortened;
    }
}
