package io.github.multilabel.cars.download;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Unpacks a {@code .tgz}; nothing in it can leave the folder. */
final class TarExtraction {

    private static final int BUFFER = 1 << 16;

    /** What is written; links, devices and pipes are not. */
    private static final Set<Byte> FILES =
            Set.of(TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG);

    private TarExtraction() {}

    /**
     * Unpacks into an empty folder.
     *
     * @throws IOException if the archive is damaged or cut off, or has an entry that is a link or a device or that lies
     *     outside the folder; what was unpacked before stays for the caller to remove
     */
    static void extract(Path archive, Path folder) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(file, true))) {
            int entries = 0;
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(tar, entry, folder);
                entries++;
            }
            if (entries == 0) {
                throw new IOException("it is empty");
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(archive + ": cannot be unpacked, " + e.getMessage(), e);
        }
    }

    private static void extract(InputStream content, TarArchiveEntry entry, Path folder) throws IOException {
        Path target = inside(folder, entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (FILES.contains(entry.getLinkFlag())) {
            Files.createDirectories(target.getParent());
            Files.copy(content, target);
        } else {
            throw new IOException("its entry '" + entry.getName() + "' is neither a file nor a folder");
        }
    }

    private static Path inside(Path folder, String name) throws IOException {
        try {
            Path target = folder.resolve(name).normalize();
            if (target.startsWith(folder.normalize())) {
                return target;
            }
        } catch (InvalidPathException e) {
            throw new IOException("its entry '" + name + "' has a name that this system refuses", e);
        }
        throw new IOException("its entry '" + name + "' would be written outside the folder");
    }
}
