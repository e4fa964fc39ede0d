package io.github.multilabel.model.weights;

import io.github.multilabel.core.internal.message.Excerpt;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The format of PyTorch before 1.6: pickles of a magic number, the protocol, facts about the system, the saved object
 * and the keys of its storages, then each storage as its number of values and the values, little-endian on any machine.
 */
final class LegacyTorchFile implements TorchContainer {

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;

    private record Region(long begin, long bytes) {}

    private final FileChannel channel;
    private final Object content;
    private final Map<String, Region> regions;

    private LegacyTorchFile(FileChannel channel) throws IOException {
        this.channel = channel;
        PickleInput input = new PickleInput(Channels.newInputStream(channel), channel.size());
        TorchObjects objects = new TorchObjects();
        if (!MAGIC.equals(Unpickler.load(input, objects))) {
            throw new IOException("it is a pickle of Python, but torch.save did not write it");
        }
        Object protocol = Unpickler.load(input, objects);
        if (!Long.valueOf(PROTOCOL).equals(protocol)) {
            throw new IOException(
                    "it is of another protocol than " + PROTOCOL + ", the only one that was ever written");
        }
        Unpickler.load(input, objects); // facts about the system that wrote it, which change nothing
        this.content = Unpickler.load(input, objects);
        List<?> keys = Unpickler.cast(List.class, Unpickler.load(input, objects));
        this.regions = regions(keys, objects.storages(), input.position());
    }

    static LegacyTorchFile open(Path path) throws IOException {
        FileChannel channel = FileBytes.open(path);
        try {
            return new LegacyTorchFile(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private Map<String, Region> regions(List<?> keys, Map<String, TorchStorage> storages, long start)
            throws IOException {
        Map<String, Region> regions = new HashMap<>();
        ByteBuffer count = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long position = start;
        for (Object key : keys) {
            TorchStorage storage = storages.get(Unpickler.cast(String.class, key));
            if (storage == null) {
                throw new IOException("its storage '" + Excerpt.of(key) + "' belongs to no tensor");
            }
            FileBytes.readFully(channel, count.clear(), position);
            position += Long.BYTES;
            if (count.getLong(0) != storage.count()) {
                throw new IOException("its storage '" + Excerpt.of(key) + "' should have " + storage.count()
                        + " values, but " + count.getLong(0) + " are announced");
            }
            if (storage.count() > (channel.size() - position) / storage.type().bytes()) {
                throw new IOException(
                        "its storage '" + Excerpt.of(key) + "' has " + storage.count() + " values of type "
                                + storage.type() + ", but only " + (channel.size() - position)
                                + " bytes follow: it was cut short");
            }
            Region region =
                    new Region(position, storage.count() * storage.type().bytes());
            regions.put(storage.key(), region);
            position += region.bytes();
        }
        return regions;
    }

    @Override
    public Object content() {
        return content;
    }

    @Override
    public ByteOrder byteOrder() {
        return ByteOrder.LITTLE_ENDIAN;
    }

    @Override
    public long bytes(String key) throws IOException {
        return region(key).bytes();
    }

    private Region region(String key) throws IOException {
        Region region = regions.get(key);
        if (region == null) {
            throw new IOException("its storage '" + Excerpt.of(key) + "' is missing");
        }
        return region;
    }

    @Override
    public void read(String key, long begin, ByteBuffer target) throws IOException {
        FileBytes.readFully(channel, target, region(key).begin() + begin);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
