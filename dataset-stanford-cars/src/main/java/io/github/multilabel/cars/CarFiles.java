package io.github.multilabel.cars;

import io.github.multilabel.core.image.Box;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a folder of Stanford Cars holds, whatever its layout: the names of the classes and one row per annotated photo.
 *
 * @param layout the name of the layout, for messages
 * @param names of the classes; the class numbers of the files count from 1, everything here from 0
 * @param rows of both splits, in the order of the files
 */
record CarFiles(String layout, List<CarName> names, List<Row> rows) {

    /** The category of a row whose class is not known. */
    static final int MISSING = -1;

    /**
     * One annotated photo.
     *
     * @param folder where it should be
     * @param photo its path inside the folder, with {@code '/'}
     * @param category in [0, number of names), or {@link #MISSING}
     * @param test whether it belongs to the test split
     * @param box around the car, if the annotations have it; not checked
     * @param origin the file and row of the annotation
     */
    record Row(PhotoFolder folder, String photo, int category, boolean test, Optional<Box> box, String origin) {

        Optional<Path> file() {
            return folder.find(photo);
        }
    }

    boolean hasPhotos() {
        return rows.stream().anyMatch(row -> row.folder().size() > 0);
    }
}
