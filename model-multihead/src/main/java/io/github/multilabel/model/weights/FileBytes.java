package io.github.multilabel.model.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens a file and reads at places of it. */
final class FileBytes {

    private FileBytes() {}

    /** Opens what must be a regular file. */
    static FileChannel open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw new IOException("'" + path + "' is not a file");
        }
        return FileChannel.open(path);
    }

    /** Fills a buffer from its position to its limit. */
    static void readFully(FileChannel channel, ByteBuffer target, long position) throws IOException {
        long start = position - target.position();
        while (target.hasRemaining()) {
            if (channel.read(target, start + target.position()) < 0) {
                throw new EOFException("the file ends at byte " + channel.size() + ", before its last value");
            }
        }
    }
}
