package io.github.multilabel.cars.synthetic;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Sink;
import us.hebi.matlab.mat.types.Sinks;
import us.hebi.matlab.mat.types.Struct;

/** Writes annotations as the devkit of Stanford Cars has them. */
final class MatFiles {

    /**
     * One annotated image.
     *
     * @param category counted from 0; files count from 1
     */
    record Annotation(String file, Rectangle box, int category) {}

    /** The library's own header tells the time; the same seed should give the same bytes. */
    private static final class Undated extends Mat5File {
        Undated() {
            super("MATLAB 5.0 MAT-file, synthetic cars");
        }
    }

    private MatFiles() {}

    static void writeClassNames(Path file, List<String> names) throws IOException {
        Cell cell = Mat5.newCell(1, names.size());
        for (int i = 0; i < names.size(); i++) {
            cell.set(i, Mat5.newString(names.get(i)));
        }
        write(file, "class_names", cell);
    }

    static void writeAnnotations(Path file, List<Annotation> annotations, boolean withClass) throws IOException {
        Struct struct = Mat5.newStruct(1, annotations.size());
        for (int i = 0; i < annotations.size(); i++) {
            Annotation annotation = annotations.get(i);
            Rectangle box = annotation.box();
            struct.set("bbox_x1", i, Mat5.newScalar(box.x + 1));
            struct.set("bbox_y1", i, Mat5.newScalar(box.y + 1));
            struct.set("bbox_x2", i, Mat5.newScalar(box.x + box.width));
            struct.set("bbox_y2", i, Mat5.newScalar(box.y + box.height));
            if (withClass) {
                struct.set("class", i, Mat5.newScalar(annotation.category() + 1));
            }
            struct.set("fname", i, Mat5.newString(annotation.file()));
        }
        write(file, "annotations", struct);
    }

    private static void write(Path file, String name, Array value) throws IOException {
        try (Mat5File content = new Undated();
                Sink sink = Sinks.newStreamingFile(file.toFile())) {
            content.addArray(name, value);
            content.writeTo(sink);
        }
    }
}
