package io.github.multilabel.cars;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Kaggle's layout of one folder per class: {@code car_data/car_data/train/Audi A5 Coupe 2012/00001.jpg}, with
 * {@code names.csv} (one name a line) and {@code anno_train.csv}, {@code anno_test.csv} (photo, box of four numbers,
 * class number; no header). The same number in {@code train} and {@code test} is two different photos. Without the
 * tables, what the folders hold is taken.
 */
final class ClassFolders {

    private static final int CLASS_COLUMN = 5;

    private ClassFolders() {}

    static Optional<CarFiles> read(Path base) throws IOException {
        Optional<Path> found = Stream.of("car_data/car_data", "car_data", "")
                .map(base::resolve)
                .filter(folder -> hasClassFolders(folder.resolve("train")) || hasClassFolders(folder.resolve("test")))
                .findFirst();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        PhotoFolder train = PhotoFolder.list(found.get().resolve("train"), 2);
        PhotoFolder test = PhotoFolder.list(found.get().resolve("test"), 2);
        List<CarName> names = names(base, train, test);
        List<CarFiles.Row> rows = new ArrayList<>();
        addRows(rows, base.resolve("anno_train.csv"), train, false, names);
        addRows(rows, base.resolve("anno_test.csv"), test, true, names);
        return Optional.of(new CarFiles("folders named after the classes", names, rows));
    }

    private static boolean hasClassFolders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.anyMatch(each ->
                    Files.isDirectory(each) && each.getFileName().toString().matches(".+ (19|20)\\d\\d"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<CarName> names(Path base, PhotoFolder train, PhotoFolder test) throws IOException {
        Path file = base.resolve("names.csv");
        if (Files.isRegularFile(file)) {
            return CarLayouts.parse(
                    table(file).stream().map(line -> line.get(0)).toList(), file.toString());
        }
        TreeSet<String> folders = new TreeSet<>();
        for (PhotoFolder photos : List.of(train, test)) {
            // the one slash among the names cannot stand in the name of a folder
            photos.names().forEach(photo -> folders.add(folder(photo).replace(" C-V ", " C/V ")));
        }
        return CarLayouts.parse(folders, "the folders of " + train.folder().getParent());
    }

    private static void addRows(
            List<CarFiles.Row> rows, Path list, PhotoFolder photos, boolean test, List<CarName> names)
            throws IOException {
        List<String> folders =
                names.stream().map(name -> name.fullName().replace('/', '-')).toList();
        if (!Files.isRegularFile(list)) {
            for (String photo : photos.names()) {
                int category = folders.indexOf(folder(photo));
                if (category < 0) {
                    throw new IOException(photos.folder() + ": the folder '" + folder(photo) + "' is not one of the "
                            + names.size() + " names in names.csv; rename it, or take it away");
                }
                rows.add(new CarFiles.Row(
                        photos, photo, category, test, Optional.empty(), photos.folder() + "/" + photo));
            }
            return;
        }
        for (CSVRecord line : table(list)) {
            String origin = list.getFileName() + " line " + line.getRecordNumber();
            int category = ClassNumber.toCategory(classNumber(line, origin), names.size(), origin);
            rows.add(new CarFiles.Row(
                    photos,
                    folders.get(category) + "/" + line.get(0),
                    category,
                    test,
                    CarBox.of(line, origin),
                    origin));
        }
    }

    private static long classNumber(CSVRecord line, String origin) throws IOException {
        String text = line.size() > CLASS_COLUMN ? line.get(CLASS_COLUMN) : "";
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException(
                    origin + ": '" + String.join(",", line)
                            + "' is not a photo, four numbers of a box and a class number",
                    e);
        }
    }

    private static String folder(String photo) {
        return photo.substring(0, Math.max(0, photo.lastIndexOf('/')));
    }

    private static List<CSVRecord> table(Path file) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT.builder().setTrim(true).get();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser parser = format.parse(reader)) {
            return parser.getRecords();
        } catch (IOException | UncheckedIOException e) {
            throw new IOException(file + ": not a table of UTF-8 text (" + e + ")", e);
        }
    }
}
