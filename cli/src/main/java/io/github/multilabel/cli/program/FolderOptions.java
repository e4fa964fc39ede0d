package io.github.multilabel.cli.program;

import io.github.multilabel.data.table.HeadColumn;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.data.table.ImageTableBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of images in folders that are named after their categories. */
@Section("Images and labels")
final class FolderOptions {

    /** The level of folders that says the part of a split. */
    static final String SPLIT = "split";

    private static final Set<String> TRAINING_PARTS = Set.of("train", "training");

    private static final Set<String> OTHER_PARTS = Set.of("val", "valid", "validation", "dev", "test");

    @Option(
            names = "--folders",
            paramLabel = "DIR",
            description = "In place of a table, a folder with a folder of images for each category; there may be"
                    + " folders train, val and test above them.")
    private Optional<Path> folders = Optional.empty();

    @Option(
            names = "--levels",
            split = ",",
            paramLabel = "NAME",
            description = "What each level of --folders stands for, the outermost first, such as split,brand,type"
                    + " (default: the heads, after split where there are folders train and val).")
    private List<String> levels = List.of();

    /** The outermost folder, if images are in folders. */
    Optional<Path> root() {
        return folders;
    }

    /**
     * Checks that a folder of results is not read as a folder of images the next time.
     *
     * @throws InvalidInputException if it is in the folder of the images
     */
    void requireOutside(Path output) {
        if (folders.isPresent()
                && output.toAbsolutePath()
                        .normalize()
                        .startsWith(folders.get().toAbsolutePath().normalize())) {
            throw new InvalidInputException("--output " + output + " is inside of --folders " + folders.get()
                    + ", whose folders are categories; name a folder elsewhere");
        }
    }

    /** The images of the folders, whose levels are the heads unless options say more. */
    ImageTableBuilder table(List<HeadColumn> columns) {
        if (isSplit()) {
            System.err.println("the folders " + outermost() + " are the parts of the split");
        }
        List<String> names = levels;
        if (names.isEmpty()) {
            names = Stream.concat(
                            isSplit() ? Stream.of(SPLIT) : Stream.empty(),
                            columns.stream().map(HeadColumn::column))
                    .toList();
        }
        return ImageTable.folders(folders.orElseThrow(), names.toArray(String[]::new));
    }

    /** Whether the outermost folders are those of a split: by their levels, or by their names. */
    boolean isSplit() {
        if (folders.isEmpty() || !levels.isEmpty()) {
            return levels.contains(SPLIT);
        }
        Set<String> names =
                outermost().stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        return TRAINING_PARTS.stream().anyMatch(names::contains) && !Collections.disjoint(names, OTHER_PARTS);
    }

    /** The names of the outermost folders that have images or folders of them, in order. */
    private List<String> outermost() {
        try (Stream<Path> entries = Files.list(folders.orElseThrow())) {
            return entries.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // reading the images says why
        }
    }
}
