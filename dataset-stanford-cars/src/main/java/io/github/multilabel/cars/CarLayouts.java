package io.github.multilabel.cars;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out which layout a folder has: nobody should have to say. */
final class CarLayouts {

    private interface Layout {
        Optional<CarFiles> read(Path base) throws IOException;
    }

    private static final List<Layout> LAYOUTS = List.of(SplitFolders::read, MergedFolder::read, ClassFolders::read);

    private static final String EXPECTED =
            """
            , in one of these layouts:
              devkit/cars_meta.mat, devkit/cars_train_annos.mat, cars_train/00001.jpg
              cars_annos.mat, car_ims/000001.jpg
              train/Audi A5 Coupe 2012/00001.jpg""";

    private CarLayouts() {}

    /**
     * Reads the annotations of a folder, of its folder {@code stanford_cars}, or of any folder in it. Among several
     * layouts the first that has photos is taken.
     *
     * @throws IOException if there is no such data, saying what was looked for
     */
    static CarFiles read(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException(root.toAbsolutePath() + ": no such folder; it should hold Stanford Cars" + EXPECTED);
        }
        try {
            return firstWithPhotos(root).orElseThrow(() -> nothing(root));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Optional<CarFiles> firstWithPhotos(Path root) throws IOException {
        Optional<CarFiles> withoutPhotos = Optional.empty();
        for (Path base : bases(root)) {
            for (Layout layout : LAYOUTS) {
                Optional<CarFiles> files = layout.read(base);
                if (files.isPresent() && files.get().hasPhotos()) {
                    return files;
                }
                withoutPhotos = withoutPhotos.or(() -> files);
            }
        }
        return withoutPhotos;
    }

    private static List<Path> bases(Path root) throws IOException {
        List<Path> bases = new ArrayList<>(List.of(root));
        try (Stream<Path> inside = Files.list(root)) {
            inside.filter(Files::isDirectory).sorted().forEach(bases::add);
        }
        return bases;
    }

    private static IOException nothing(Path root) {
        Path where = root.toAbsolutePath();
        if (Files.exists(root.resolve(MergedFolder.LIST))) {
            return new IOException(where + ": " + MergedFolder.LIST + " numbers the photos of " + MergedFolder.PHOTOS
                    + "/, which is not there; for the photos of cars_train/ put " + SplitFolders.META + " and "
                    + SplitFolders.TRAIN_LIST + " into " + where.resolve("devkit"));
        }
        if (Files.isDirectory(root.resolve("cars_train"))) {
            return new IOException(where + ": photos without annotations; put " + SplitFolders.META + " and "
                    + SplitFolders.TRAIN_LIST + " into " + where.resolve("devkit"));
        }
        return new IOException(where + ": no annotations of Stanford Cars found" + EXPECTED);
    }

    /** Takes names apart; names that are not understood, or appear twice, are the fault of a file here. */
    static List<CarName> parse(Collection<String> names, String origin) throws IOException {
        Set<CarName> parsed = new LinkedHashSet<>();
        for (String name : names) {
            try {
                if (!parsed.add(CarName.parse(name))) {
                    throw new IOException(origin + ": the class name '" + name + "' appears twice");
                }
            } catch (IllegalArgumentException e) {
                throw new IOException(origin + ": " + e.getMessage(), e);
            }
        }
        return List.copyOf(parsed);
    }
}
