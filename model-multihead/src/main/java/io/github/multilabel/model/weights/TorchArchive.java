package io.github.multilabel.model.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The zip format of PyTorch 1.6 and later: entries {@code NAME/data.pkl}, {@code NAME/byteorder} and one
 * {@code NAME/data/KEY} for each storage, none of them compressed.
 */
final class TorchArchive implements TorchContainer {

    private static final String PICKLE = "data.pkl";

    private final ZipFile zip;
    private final long fileSize;
    private final String root;
    private final ByteOrder byteOrder;
    private final Object content;

    private TorchArchive(ZipFile zip, long fileSize) throws IOException {
        this.zip = zip;
        this.fileSize = fileSize;
        this.root = root(zip);
        this.byteOrder = readByteOrder();
        ZipEntry pickle = entry(PICKLE);
        try (InputStream in = zip.getInputStream(pickle)) {
            this.content = Unpickler.load(new PickleInput(in, pickle.getSize()), new TorchObjects());
        }
    }

    static TorchArchive open(Path path) throws IOException {
        if (!path.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IOException("it lies in " + path.getFileSystem() + "; copy it to a disk first");
        }
        ZipFile zip = new ZipFile(path.toFile());
        try {
            return new TorchArchive(zip, Files.size(path));
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    /** The folder of the pickle, with its slash. */
    private static String root(ZipFile zip) throws IOException {
        String pickle = zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
                .min(Comparator.comparingInt(String::length))
                .orElseThrow(() -> new IOException("it is a zip archive without " + PICKLE
                        + ", so not one of torch.save; is it an archive of several files to be unpacked first?"));
        String root = pickle.substring(0, pickle.length() - PICKLE.length());
        if (zip.getEntry(root + "constants.pkl") != null
                || zip.stream().anyMatch(entry -> entry.getName().startsWith(root + "code/"))) {
            throw new IOException("it is a scripted or traced model (TorchScript), which holds a program, not a state"
                    + " dictionary; save its weights alone in Python:"
                    + " torch.save(torch.jit.load(file).state_dict(), other_file)");
        }
        return root;
    }

    private ByteOrder readByteOrder() throws IOException {
        if (zip.getEntry(root + "byteorder") == null) {
            return ByteOrder.LITTLE_ENDIAN; // written since PyTorch 2.0
        }
        try (InputStream in = zip.getInputStream(entry("byteorder"))) {
            String order = new String(in.readNBytes(16), StandardCharsets.UTF_8).strip();
            return switch (order) {
                case "little" -> ByteOrder.LITTLE_ENDIAN;
                case "big" -> ByteOrder.BIG_ENDIAN;
                default -> throw new IOException("its byte order is '" + order + "'; little and big are known");
            };
        }
    }

    private ZipEntry entry(String name) throws IOException {
        ZipEntry entry = zip.getEntry(root + name);
        if (entry == null) {
            throw new IOException("its entry '" + root + name + "' is missing");
        }
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw new IOException("its entry '" + root + name + "' is compressed, which torch.save never does;"
                    + " pack it again without compression (zip -0)");
        }
        if (entry.getSize() > fileSize) {
            throw new IOException("its entry '" + root + name + "' should have " + entry.getSize()
                    + " bytes, more than the file's " + fileSize);
        }
        return entry;
    }

    @Override
    public Object content() {
        return content;
    }

    @Override
    public ByteOrder byteOrder() {
        return byteOrder;
    }

    @Override
    public long bytes(String key) throws IOException {
        return entry("data/" + key).getSize();
    }

    @Override
    public void read(String key, long begin, ByteBuffer target) throws IOException {
        try (InputStream in = zip.getInputStream(entry("data/" + key));
                ReadableByteChannel channel = Channels.newChannel(in)) {
            in.skipNBytes(begin);
            while (target.hasRemaining()) {
                if (channel.read(target) < 0) {
                    throw new EOFException("its entry '" + root + "data/" + key + "' was cut short");
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
