package io.github.multilabel.core.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Files and folders that take the place of earlier ones in the same folder, all of them or none. What is to come is
 * made in a folder inside that folder. Once it is complete, the old ones step aside and it moves in; a kill at any
 * moment leaves the old ones, or what {@link #recover} brings to its end, and never some of both.
 *
 * <p>One process at a time: the caller has a {@link ProcessLock} on the folder.
 */
public final class Replacement {

    /** Where to make what is to come, inside the folder. */
    private static final String MADE = ".replacement";

    /** The same when it is complete, and the old ones step aside. */
    private static final String COMPLETE = ".replacement-complete";

    /** The same when the old ones have stepped aside, and it moves in. */
    private static final String ARRIVING = ".replacement-arriving";

    private static final String OLD = ".replaced";

    private final Path folder;
    private final Predicate<String> old;

    /**
     * A replacement in a folder.
     *
     * @param old accepts the names of files that are removed even if no new file has that name
     */
    public Replacement(Path folder, Predicate<String> old) {
        this.folder = folder;
        this.old = old;
    }

    /** Where to make what is to come. Whoever begins makes this folder. */
    public Path place() {
        return folder.resolve(MADE);
    }

    /** Whether one is being made. */
    public boolean isBegun() {
        return Files.isDirectory(place(), LinkOption.NOFOLLOW_LINKS);
    }

    /** Removes what was made so far; the old ones are as they were. */
    public void discard() throws IOException {
        AtomicOutput.delete(place());
    }

    /** Puts what was made in the place of the old ones. */
    public void complete() throws IOException {
        AtomicOutput.move(place(), folder.resolve(COMPLETE));
        recover();
    }

    /** Ends what a kill interrupted; to be called before anything in the folder is looked at. */
    public void recover() throws IOException {
        Path complete = folder.resolve(COMPLETE);
        Path arriving = folder.resolve(ARRIVING);
        Path aside = folder.resolve(OLD);
        if (Files.exists(complete, LinkOption.NOFOLLOW_LINKS)) {
            List<String> coming = names(complete);
            Files.createDirectories(aside);
            for (String name : names(folder)) {
                if (coming.contains(name) || old.test(name)) {
                    AtomicOutput.delete(aside.resolve(name));
                    AtomicOutput.move(folder.resolve(name), aside.resolve(name));
                }
            }
            AtomicOutput.move(complete, arriving);
        }
        if (Files.exists(arriving, LinkOption.NOFOLLOW_LINKS)) {
            for (String name : names(arriving)) {
                AtomicOutput.move(arriving.resolve(name), folder.resolve(name));
            }
            AtomicOutput.delete(arriving);
        }
        AtomicOutput.delete(aside);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
