package io.github.multilabel.data.internal.images;

import io.github.multilabel.data.internal.text.LabelText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What lies below a folder. What is hidden, such as the thumbnails of macOS, is no photo of the user's and is passed
 * over, and so are the folders that network drives and recycle bins have.
 *
 * @param images in order, files whose names end like an image's; also links to such that lead nowhere
 * @param others the number of other files
 * @param empty folders for categories in which there is no image
 * @param loops links to a folder above them
 * @param system folders that were passed over and have files
 */
public record ImageFiles(List<Path> images, int others, List<Path> empty, List<Path> loops, List<Path> system) {

    /** Of Synology, QNAP, Windows, macOS's archives and Linux, in lower case. */
    private static final Set<String> SYSTEM = Set.of(
            "@eadir",
            "#recycle",
            "#snapshot",
            "@recycle",
            "@recently-snapshot",
            "@tmp",
            "$recycle.bin",
            "system volume information",
            "__macosx",
            "lost+found");

    /**
     * Looks through a folder; links are followed.
     *
     * @param levels how many levels of folders stand for categories
     * @throws IOException if a folder cannot be listed; the message names it
     */
    public static ImageFiles below(Path root, int levels) throws IOException {
        Visit visit = new Visit(root, levels);
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visit);
        visit.images.sort((a, b) -> LabelText.ORDER.compare(a.toString(), b.toString()));
        return new ImageFiles(visit.images, visit.others, visit.empty(), visit.loops, visit.system);
    }

    private static final class Visit extends SimpleFileVisitor<Path> {

        private final Path root;
        private final int levels;
        private final List<Path> images = new ArrayList<>();
        private final List<Path> loops = new ArrayList<>();
        private final List<Path> system = new ArrayList<>();
        /** The images in each folder that stands for a category. */
        private final Map<Path, Integer> counts = new HashMap<>();

        private int others;

        Visit(Path root, int levels) {
            this.root = root;
            this.levels = levels;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            String name = folder.getFileName().toString();
            if (SYSTEM.contains(name.toLowerCase(Locale.ROOT))) {
                system.add(folder);
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (name.startsWith(".")) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (root.relativize(folder).getNameCount() <= levels) {
                counts.put(folder, 0);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (name.startsWith(".")) {
                return FileVisitResult.CONTINUE;
            }
            if (!ImageNames.isImage(name) || attributes.isOther()) {
                others++;
                return FileVisitResult.CONTINUE;
            }
            images.add(file);
            for (Path above = file.getParent(); above != null && !above.equals(root); above = above.getParent()) {
                counts.computeIfPresent(above, (folder, count) -> count + 1);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof FileSystemLoopException) {
                loops.add(file);
                return FileVisitResult.CONTINUE;
            }
            if (failure instanceof AccessDeniedException) {
                throw new IOException(
                        "cannot list the images in " + root + ": this user may not look into " + file
                                + "; let it, or move that folder away",
                        failure);
            }
            throw new IOException("cannot list the images in " + root + ": " + file + ": " + failure, failure);
        }

        List<Path> empty() {
            return counts.keySet().stream()
                    .filter(folder -> counts.getOrDefault(folder, 0) == 0)
                    .sorted((a, b) -> LabelText.ORDER.compare(a.toString(), b.toString()))
                    .toList();
        }
    }
}
