package io.github.multilabel.cars;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The authors' merged layout: all photos in {@code car_ims/000001.jpg} to {@code 016185.jpg}, and
 * {@code cars_annos.mat} beside it, whose flag {@code test} gives the split. Its numbers are not those of
 * {@code cars_train/}.
 */
final class MergedFolder {

    static final String LIST = "cars_annos.mat";
    static final String PHOTOS = "car_ims";

    private MergedFolder() {}

    static Optional<CarFiles> read(Path base) throws IOException {
        Path list = base.resolve(LIST);
        if (!Files.isRegularFile(list) || !Files.isDirectory(base.resolve(PHOTOS))) {
            return Optional.empty();
        }
        List<CarName> names = SplitFolders.classNames(list);
        MatVariable table = MatVariable.read(list, SplitFolders.ANNOTATIONS);
        PhotoFolder photos = PhotoFolder.list(base.resolve(PHOTOS), 1);
        List<CarFiles.Row> rows = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            String path = table.text("relative_im_path", i);
            rows.add(new CarFiles.Row(
                    photos,
                    path.substring(path.lastIndexOf('/') + 1),
                    ClassNumber.toCategory(table.number("class", i), names.size(), table.origin(i)),
                    table.number("test", i) != 0,
                    CarBox.of(table, i),
                    table.origin(i)));
        }
        return Optional.of(new CarFiles(PHOTOS, names, rows));
    }
}
