package io.github.multilabel.model.weights;

import io.github.multilabel.core.internal.message.Excerpt;
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
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The zip format of PyTorch 1.6 and later: entries {@code NAME/data.pkl}, {@code NAME/byteorder} and one
 * {@code NAME/data/KEY} for each storage, none of them compressed.
 */
final class TorchArchive implements TorchContainer {

    private static final String PICKLE = "data.pkl";
    /** More than ten times those of the largest models' files. */
    private static final int MOST_ENTRIES = 1 << 17;

    private final ZipFile zip;
    private final long fileSize;
    /** By name: a {@link ZipFile} looks for a name among all whose hash is equal, and a hostile file has many of it. */
    private final Map<String, ZipEntry> entries = new HashMap<>();

    private final String root;
    private final ByteOrder byteOrder;
    private final Object content;
    /** Of the storages that were asked for. */
    private final Map<String, Long> bytes = new HashMap<>();

    private TorchArchive(ZipFile zip, long fileSize) throws IOException {
        this.zip = zip;
        this.fileSize = fileSize;
        if (zip.size() > MOST_ENTRIES) {
            throw new IOException("it has " + zip.size() + " entries, far more than weights need");
        }
        zip.stream().forEach(entry -> entries.put(entry.getName(), entry));
        this.root = root(entries.keySet());
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
    private static String root(Set<String> names) throws IOException {
        String pickle = names.stream()
                .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
                .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .orElseThrow(() -> new IOException("it is a zip archive without " + PICKLE
                        + ", so not one of torch.save; is it an archive of several files to be unpacked first?"));
        String root = pickle.substring(0, pickle.length() - PICKLE.length());
        String code = root + "code/";
        if (names.contains(root + "constants.pkl") || names.stream().anyMatch(name -> name.startsWith(code))) {
            throw new IOException("it is a scripted or traced model (TorchScript), which holds a program, not a state"
                    + " dictionary; save its weights alone in Python:"
                    + " torch.save(torch.jit.load(file).state_dict(), other_file)");
        }
        return root;
    }

    private ByteOrder readByteOrder() throws IOException {
        if (!entries.containsKey(root + "byteorder")) {
            return ByteOrder.LITTLE_ENDIAN; // written since PyTorch 2.0
        }
        try (InputStream in = zip.getInputStream(entry("byteorder"))) {
            String order = new String(in.readNBytes(16), StandardCharsets.UTF_8).strip();
            return switch (order) {
                case "little" -> ByteOrder.LITTLE_ENDIAN;
                case "big" -> ByteOrder.BIG_ENDIAN;
                default ->
                    throw new IOException("its byte order is '" + Excerpt.of(order) + "'; little and big are known");
            };
        }
    }

    private ZipEntry entry(String name) throws IOException {
        ZipEntry entry = entries.get(root + name);
        String shown = Excerpt.of(root + name);
        if (entry == null) {
            throw new IOException("its entry '" + shown + "' is missing");
        }
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw new IOException("its entry '" + shown + "' is compressed, which torch.save never does;"
                    + " pack it again without compression (zip -0)");
        }
        if (entry.getSize() > fileSize) {
            throw new IOException("its entry '" + shown + "' should have " + entry.getSize()
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
        Long known = bytes.get(key); // thousands of tensors may lie on one storage
        if (known == null) {
            known = entry("data/" + key).getSize();
            bytes.put(key, known);
        }
        return known;
    }

    @Override
    public void read(String key, long begin, ByteBuffer target) throws IOException {
        try (InputStream in = zip.getInputStream(entry("data/" + key));
                ReadableByteChannel channel = Channels.newChannel(in)) {
            in.skipNBytes(begin);
            while (target.hasRemaining()) {
                if (channel.read(target) < 0) {
                    throw new EOFException("its entry '" + Excerpt.of(root + "data/" + key) + "' was cut short");
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
