package io.github.multilabel.cars;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Sink;
import us.hebi.matlab.mat.types.Sinks;
import us.hebi.matlab.mat.types.Struct;

/** Builds small folders in the layouts that people have. */
final class CarFolder {

    static final List<String> NAMES = List.of(
            "Audi A5 Coupe 2012", "BMW X5 SUV 2007", "Ram C/V Cargo Van Minivan 2012", "smart fortwo Convertible 2012");

    private final Path root;

    CarFolder(Path root) {
        this.root = root;
    }

    /** Writes {@code class_names}. */
    CarFolder names(String file, String... names) throws IOException {
        write(file, "class_names", cell(names));
        return this;
    }

    private static Cell cell(String... names) {
        Cell cell = Mat5.newCell(1, names.length);
        for (int i = 0; i < names.length; i++) {
            cell.set(i, Mat5.newString(names[i]));
        }
        return cell;
    }

    CarFolder meta() throws IOException {
        return names("devkit/cars_meta.mat", NAMES.toArray(String[]::new));
    }

    /** Writes {@code annotations} as {@code cars_train_annos.mat} has them: rows of photo and class. */
    CarFolder list(String file, Object... photosAndClasses) throws IOException {
        Struct rows = Mat5.newStruct(1, photosAndClasses.length / 2);
        for (int i = 0; i < photosAndClasses.length; i += 2) {
            rows.set("bbox_x1", i / 2, Mat5.newScalar(1));
            rows.set("class", i / 2, Mat5.newScalar((Integer) photosAndClasses[i + 1]));
            rows.set("fname", i / 2, Mat5.newString((String) photosAndClasses[i]));
        }
        write(file, "annotations", rows);
        return this;
    }

    /** Writes {@code annotations} of photos of class 1 with boxes: rows of photo, x1, y1, x2, y2. */
    CarFolder boxes(String file, Object... photosAndCorners) throws IOException {
        String[] fields = {"fname", "bbox_x1", "bbox_y1", "bbox_x2", "bbox_y2"};
        Struct rows = Mat5.newStruct(1, photosAndCorners.length / fields.length);
        for (int i = 0; i < photosAndCorners.length; i++) {
            Object value = photosAndCorners[i];
            rows.set(
                    fields[i % fields.length],
                    i / fields.length,
                    value instanceof String text ? Mat5.newString(text) : Mat5.newScalar((Integer) value));
        }
        for (int row = 0; row < rows.getNumElements(); row++) {
            rows.set("class", row, Mat5.newScalar(1));
        }
        write(file, "annotations", rows);
        return this;
    }

    CarFolder listWithoutClasses(String file, String... photos) throws IOException {
        Struct rows = Mat5.newStruct(1, photos.length);
        for (int i = 0; i < photos.length; i++) {
            rows.set("fname", i, Mat5.newString(photos[i]));
        }
        write(file, "annotations", rows);
        return this;
    }

    /** Writes {@code cars_annos.mat}, whose fields come in another order: rows of photo, class and test flag. */
    CarFolder merged(Object... photosClassesAndFlags) throws IOException {
        Struct rows = Mat5.newStruct(1, photosClassesAndFlags.length / 3);
        for (int i = 0; i < photosClassesAndFlags.length; i += 3) {
            rows.set("test", i / 3, Mat5.newLogicalScalar((Boolean) photosClassesAndFlags[i + 2]));
            rows.set("relative_im_path", i / 3, Mat5.newString("car_ims/" + photosClassesAndFlags[i]));
            rows.set("class", i / 3, Mat5.newScalar((Integer) photosClassesAndFlags[i + 1]));
        }
        try (Mat5File content = Mat5.newMatFile();
                Sink sink = Sinks.newStreamingFile(path("cars_annos.mat").toFile())) {
            content.addArray("annotations", rows)
                    .addArray("class_names", cell(NAMES.toArray(String[]::new)))
                    .writeTo(sink);
        }
        return this;
    }

    private void write(String file, String variable, Array value) throws IOException {
        try (Mat5File content = Mat5.newMatFile();
                Sink sink = Sinks.newStreamingFile(path(file).toFile())) {
            content.addArray(variable, value).writeTo(sink);
        }
    }

    /** Makes files that stand for photos; nothing here decodes them. */
    CarFolder photos(String folder, String... names) throws IOException {
        for (String name : names) {
            Files.write(path(folder + "/" + name), new byte[] {1});
        }
        return this;
    }

    CarFolder text(String file, String... lines) throws IOException {
        Files.write(path(file), Arrays.asList(lines), StandardCharsets.UTF_8);
        return this;
    }

    Path path(String file) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        return path;
    }

    Path root() {
        return root;
    }

    /** torchvision's layout with three training and two labelled test photos. */
    static CarFolder torchvision(Path root) throws IOException {
        return new CarFolder(root)
                .meta()
                .list("devkit/cars_train_annos.mat", "00001.jpg", 1, "00002.jpg", 2, "00003.jpg", 4)
                .list("cars_test_annos_withlabels.mat", "00001.jpg", 3, "00002.jpg", 1)
                .photos("cars_train", "00001.jpg", "00002.jpg", "00003.jpg")
                .photos("cars_test", "00001.jpg", "00002.jpg");
    }
}
