package io.github.multilabel.data;

import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.BoxCrop;
import io.github.multilabel.core.image.ImageDecodeException;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.image.Resizer;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.image.decode.Photo;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.Digest;
import io.github.multilabel.core.internal.sources.CheckedSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Photos made smaller once and kept in a folder, so that later epochs and runs need not decode the large ones again.
 *
 * <p>An entry's name is the digest of all that it follows from: the image's file, its length and time of change (or its
 * bytes, if the source knows no {@link ImageSource#version}), the box that it is cut to, the decoder and the size. So
 * what has changed is never found again. Entries are moved into place when they are whole, and carry a checksum: one
 * that is damaged is made again. Several data sets, processes and users can share a folder, as far as the permissions
 * that the user's umask gives to new files allow.
 */
final class PhotoCache {

    private static final Logger LOG = LoggerFactory.getLogger(ImageDataset.class);
    /** Also the version of the format and of the decoders: another one has other names. */
    static final String FORMAT = "multilabel photo 2";

    private static final String NONE = "Optional.empty";

    private static final int NUMBERS = 7;
    private static final int HEADER = NUMBERS * Integer.BYTES + Long.BYTES;

    private final Path folder;
    private final int shorterSide;
    private final AtomicBoolean writable = new AtomicBoolean(true);
    private final AtomicBoolean readable = new AtomicBoolean(true);

    /**
     * Uses a folder, which is made with the first entry.
     *
     * @param shorterSide in pixels, of what is kept; smaller photos are not kept
     */
    PhotoCache(Path folder, int shorterSide) {
        this.folder = folder.toAbsolutePath();
        this.shorterSide = shorterSide;
    }

    /** A text that checkpoints keep; the folder decides no numbers. */
    String describe() {
        return "shorter side " + shorterSide;
    }

    /** Gives a photo as it is. */
    @FunctionalInterface
    interface Original {
        /** Reads it. */
        Framed open() throws ImageDecodeException;
    }

    /**
     * A sample's photo, at least as large as {@code shorterSide} where the original is.
     *
     * @param settings what else the photo follows from, by {@link #settings}
     */
    Framed get(Sample sample, String settings, Original original) throws ImageDecodeException {
        Path entry;
        try {
            entry = entry(sample, settings);
        } catch (IOException | RuntimeException e) { // the latter of the user's own source
            return original.open(); // whose exception says better what is wrong with the image
        }
        Optional<Framed> kept = read(entry);
        if (kept.isPresent()) {
            return kept.get();
        }
        Framed whole = original.open();
        Box size = whole.photo().size();
        if (Math.min(size.height(), size.width()) <= shorterSide) {
            return whole;
        }
        Framed smaller = smaller(whole, size);
        write(entry, smaller);
        return smaller;
    }

    private Framed smaller(Framed whole, Box size) throws ImageDecodeException {
        double factor = (double) shorterSide / Math.min(size.height(), size.width());
        int height = (int) Math.round(size.height() * factor);
        int width = (int) Math.round(size.width() * factor);
        Pixels pixels = Resizer.resize(whole.photo().pixels(), height, width, Interpolation.BILINEAR);
        return new Framed(Photo.of(pixels), whole.box().map(box -> {
            int top = Math.min((int) Math.round(box.top() * factor), height - 1);
            int left = Math.min((int) Math.round(box.left() * factor), width - 1);
            int bottom = (int) Math.round((box.top() + box.height()) * factor);
            int right = (int) Math.round((box.left() + box.width()) * factor);
            return new Box(top, left, Math.max(1, bottom - top), Math.max(1, right - left));
        }));
    }

    private Path entry(Sample sample, String settings) throws IOException {
        ImageSource image = sample.image();
        Optional<String> version = image.version();
        String known = String.join(
                "\n",
                FORMAT,
                Integer.toString(shorterSide),
                settings,
                sample.box().map(PhotoCache::key).orElse(NONE),
                version.map(text -> image.name() + "\n" + text).orElse(""));
        String name = Digest.sha256(
                known.getBytes(StandardCharsets.UTF_8),
                version.isEmpty() ? new CheckedSource(image).read() : new byte[0]);
        return folder.resolve(name.substring(0, 2)).resolve(name.substring(2));
    }

    /**
     * What a photo follows from beside its sample, as it stands in the names of entries. It stays as it is, whatever
     * the types are called: with another text all photos would be decoded anew.
     */
    static String settings(ImageDecoder decoder, Optional<BoxCrop> crop) {
        return decoder + ", "
                + crop.map(each -> "Optional[BoxCrop[margin=" + each.margin() + "]]")
                        .orElse(NONE);
    }

    private static String key(Box box) {
        return "Optional[Box[top=" + box.top() + ", left=" + box.left() + ", height=" + box.height() + ", width="
                + box.width() + "]]";
    }

    private Optional<Framed> read(Path entry) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(entry));
            if (bytes.remaining() <= HEADER) {
                return Optional.empty();
            }
            long checksum = bytes.getLong();
            if (checksum != checksum(bytes)) {
                return Optional.empty();
            }
            int height = bytes.getInt();
            int width = bytes.getInt();
            Optional<Box> box = bytes.getInt() == 0
                    ? Optional.empty()
                    : Optional.of(new Box(bytes.getInt(), bytes.getInt(), bytes.getInt(), bytes.getInt()));
            byte[] rgb = new byte[bytes.limit() - HEADER];
            bytes.position(HEADER).get(rgb);
            return Optional.of(new Framed(Photo.of(new Pixels(height, width, rgb)), box));
        } catch (NoSuchFileException | IllegalArgumentException e) { // not there, or not what was written
            return Optional.empty();
        } catch (IOException e) {
            if (readable.getAndSet(false)) {
                LOG.warn(
                        "some of the smaller photos in {} cannot be read, the first with {}; they are made anew. If they"
                                + " belong to another user, let that user make them readable, or choose another folder",
                        folder,
                        e.toString());
            }
            return Optional.empty();
        }
    }

    private void write(Path entry, Framed photo) throws ImageDecodeException {
        if (!writable.get()) {
            return;
        }
        Pixels pixels = photo.photo().pixels();
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + pixels.rgb().length);
        bytes.position(Long.BYTES).putInt(pixels.height()).putInt(pixels.width());
        photo.box().ifPresent(box -> bytes.putInt(1)
                .putInt(box.top())
                .putInt(box.left())
                .putInt(box.height())
                .putInt(box.width()));
        bytes.position(HEADER).put(pixels.rgb());
        bytes.putLong(0, checksum(bytes.position(Long.BYTES)));
        try {
            AtomicOutput.replaceable(entry, out -> out.write(bytes.array()));
        } catch (IOException e) {
            if (writable.getAndSet(false)) {
                LOG.warn(
                        "cannot keep smaller photos in {} ({}); going on without, so that each epoch decodes large photos"
                                + " again. Make room, make the folder writable, or choose another",
                        folder,
                        e.toString());
            }
        }
    }

    private static long checksum(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        return crc.getValue();
    }
}
