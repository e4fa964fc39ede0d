package io.github.multilabel.core.internal.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Names the file that cannot be written; of a full disk, Java says no more than that there is no space. */
final class NamedOutput extends FilterOutputStream {

    private final Path file;

    /** @param file as the user knows it */
    NamedOutput(Path file, OutputStream out) {
        super(out);
        this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
        try {
            out.write(bytes, start, length);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            FileSystemException named =
                    new FileSystemException(file.toString(), null, "it cannot be written: " + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }
}
