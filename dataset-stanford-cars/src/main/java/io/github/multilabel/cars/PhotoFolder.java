package io.github.multilabel.cars;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The photos that a folder really holds, listed once. Annotations are looked up in the list, so that no text of a file
 * is ever made into a path.
 */
final class PhotoFolder {

    private final Path folder;
    /** By the path inside the folder, with {@code '/'}, in lower case: {@code 00001.JPG} is the same photo. */
    private final Map<String, Path> photos;

    private PhotoFolder(Path folder, Map<String, Path> photos) {
        this.folder = folder;
        this.photos = photos;
    }

    /**
     * Lists a folder; one that does not exist has no photos.
     *
     * @param depth 1 for the photos in the folder itself, 2 to include those in its sub-folders
     */
    static PhotoFolder list(Path folder, int depth) throws IOException {
        Map<String, Path> photos = new HashMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.find(
                    folder, depth, (file, is) -> is.isRegularFile() && isPhoto(file), FileVisitOption.FOLLOW_LINKS)) {
                files.forEach(file -> photos.put(key(inside(folder, file)), file));
            }
        }
        return new PhotoFolder(folder, photos);
    }

    private static boolean isPhoto(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jpg") || name.endsWith(".jpeg");
    }

    private static String inside(Path folder, Path file) {
        return folder.relativize(file).toString().replace(File.separatorChar, '/');
    }

    private static String key(String photo) {
        return photo.toLowerCase(Locale.ROOT);
    }

    /** Where the photos lie, or should lie. */
    Path folder() {
        return folder;
    }

    /** The number of photos. */
    int size() {
        return photos.size();
    }

    /** The names inside the folder, sorted. */
    List<String> names() {
        return photos.values().stream()
                .map(file -> inside(folder, file))
                .sorted()
                .toList();
    }

    /** The file of a photo, by its path inside the folder, if it is there. */
    Optional<Path> find(String photo) {
        return Optional.ofNullable(photos.get(key(photo)));
    }

    /** How many of the photos are named. */
    long named(Collection<String> names) {
        return names.stream()
                .map(PhotoFolder::key)
                .distinct()
                .filter(photos::containsKey)
                .count();
    }
}
