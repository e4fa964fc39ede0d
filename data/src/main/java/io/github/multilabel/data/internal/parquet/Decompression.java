package io.github.multilabel.data.internal.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Unpacks pages in Java alone. Parquet's own way would put native libraries into the folder of temporary files, and
 * their nine megabytes on the class path.
 */
final class Decompression implements CompressionCodecFactory {

    /** Unpacks all bytes of a page into an array that has just room for them. */
    @FunctionalInterface
    private interface Unpacking {
        int unpack(byte[] packed, byte[] page) throws IOException;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED ->
                new Pages((packed, page) -> {
                    System.arraycopy(packed, 0, page, 0, Math.min(packed.length, page.length));
                    return packed.length;
                });
            case SNAPPY -> by(new SnappyDecompressor());
            case ZSTD -> by(new ZstdDecompressor());
            case LZ4_RAW -> by(new Lz4Decompressor());
            case GZIP ->
                new Pages((packed, page) -> {
                    try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                        return stream.readNBytes(page, 0, page.length);
                    }
                });
            default ->
                throw new UnsupportedOperationException(
                        "it is compressed with " + codec.name().toLowerCase(Locale.ROOT)
                                + ", which is not read; write it with snappy, zstd, gzip or lz4, or without compression");
        };
    }

    private static BytesInputDecompressor by(Decompressor decompressor) {
        return new Pages((packed, page) -> {
            try {
                return decompressor.decompress(packed, 0, packed.length, page, 0, page.length);
            } catch (MalformedInputException e) {
                throw new IOException(e.getMessage(), e);
            }
        });
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("nothing is written here");
    }

    @Override
    public void release() {
        // arrays alone
    }

    private record Pages(Unpacking unpacking) implements BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput packed, int length) throws IOException {
            byte[] page = new byte[length];
            int found = unpacking.unpack(packed.toByteArray(), page);
            if (found != length) {
                throw new IOException("a page of " + length + " bytes has " + found);
            }
            return BytesInput.from(page);
        }

        @Override
        public void decompress(ByteBuffer packed, int packedLength, ByteBuffer page, int length) throws IOException {
            byte[] bytes = new byte[packedLength];
            packed.get(bytes);
            page.put(decompress(BytesInput.from(bytes), length).toByteArray());
        }

        @Override
        public void release() {
            // arrays alone
        }
    }
}
