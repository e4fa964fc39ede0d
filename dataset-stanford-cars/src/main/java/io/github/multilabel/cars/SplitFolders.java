package io.github.multilabel.cars;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * torchvision's layout and its relatives: {@code cars_train/}, {@code cars_test/} and one list for each. The lists lie
 * beside the photos or in {@code devkit/}; the photos may lie in a folder doubled by unpacking.
 *
 * <pre>
 * cars_train/00001.jpg         or  cars_train/cars_train/00001.jpg
 * cars_test/00001.jpg          or  cars_test/cars_test/00001.jpg
 * devkit/cars_meta.mat             the names of the classes
 * devkit/cars_train_annos.mat
 * devkit/cars_test_annos.mat       without classes
 * cars_test_annos_withlabels.mat   with classes
 * </pre>
 */
final class SplitFolders {

    static final String TRAIN_LIST = "cars_train_annos.mat";
    static final String TEST_LIST = "cars_test_annos.mat";
    static final String LABELLED_TEST_LIST = "cars_test_annos_withlabels.mat";
    static final String META = "cars_meta.mat";
    static final String CLASS_NAMES = "class_names";
    static final String ANNOTATIONS = "annotations";

    private SplitFolders() {}

    static Optional<CarFiles> read(Path base) throws IOException {
        Optional<Path> train = find(base, TRAIN_LIST);
        Optional<Path> test = find(base, LABELLED_TEST_LIST).or(() -> find(base, TEST_LIST));
        if (train.isEmpty() && test.isEmpty()) {
            return Optional.empty();
        }
        Path names = find(base, META)
                .or(() -> find(base, MergedFolder.LIST))
                .orElseThrow(() -> new IOException(
                        "the names of the classes are missing: put " + META + " into " + base.resolve("devkit")));
        List<CarName> classes = classNames(names);
        List<CarFiles.Row> rows = new ArrayList<>();
        if (train.isPresent()) {
            addRows(rows, train.get(), photos(base, "cars_train"), false, classes.size());
        }
        if (test.isPresent()) {
            addRows(rows, test.get(), photos(base, "cars_test"), true, classes.size());
        }
        return Optional.of(new CarFiles("cars_train and cars_test", classes, rows));
    }

    private static Optional<Path> find(Path base, String file) {
        return Stream.of("", "devkit", "devkit/devkit", "car_devkit", "car_devkit/devkit")
                .map(folder -> base.resolve(folder).resolve(file))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** The names of the classes in a MAT file, taken apart. */
    static List<CarName> classNames(Path file) throws IOException {
        return CarLayouts.parse(MatVariable.read(file, CLASS_NAMES).texts(), file.toString());
    }

    private static PhotoFolder photos(Path base, String name) throws IOException {
        PhotoFolder photos = PhotoFolder.list(base.resolve(name), 1);
        Path doubled = base.resolve(name).resolve(name);
        return photos.size() == 0 && Files.isDirectory(doubled) ? PhotoFolder.list(doubled, 1) : photos;
    }

    private static void addRows(List<CarFiles.Row> rows, Path list, PhotoFolder photos, boolean test, int classes)
            throws IOException {
        MatVariable table = MatVariable.read(list, ANNOTATIONS);
        // the authors' list of test photos has no classes; they stay unknown
        boolean labelled = table.has("class");
        for (int i = 0; i < table.size(); i++) {
            int category = labelled
                    ? ClassNumber.toCategory(table.number("class", i), classes, table.origin(i))
                    : CarFiles.MISSING;
            rows.add(new CarFiles.Row(
                    photos, table.text("fname", i), category, test, CarBox.of(table, i), table.origin(i)));
        }
    }
}
