package io.github.multilabel.spark.internal.training;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.spark.internal.HadoopImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;

/**
 * The images of a share, copied once into one file of this machine, because each epoch reads them in another order.
 * Images that are named by a URI stay where they are. Any number of threads may read.
 */
final class LocalImages implements AutoCloseable {

    private final FileChannel packed;
    private final List<ImageSource> images;

    private LocalImages(FileChannel packed, List<ImageSource> images) {
        this.packed = packed;
        this.images = images;
    }

    /**
     * Copies the images of a share.
     *
     * @param share what {@link ShareWriter} wrote
     * @param copy the file to make
     */
    static LocalImages copy(org.apache.hadoop.fs.Path share, FileSystem files, Configuration configuration, Path copy)
            throws IOException {
        List<Place> places = new ArrayList<>();
        try (SequenceFile.Reader in =
                        new SequenceFile.Reader(configuration, SequenceFile.Reader.file(files.makeQualified(share)));
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy))) {
            Text name = new Text();
            BytesWritable bytes = new BytesWritable();
            long position = 0;
            while (in.next(name, bytes)) {
                places.add(new Place(name.toString(), position, bytes.getLength()));
                out.write(bytes.getBytes(), 0, bytes.getLength());
                position += bytes.getLength();
            }
        }
        FileChannel packed = FileChannel.open(copy, StandardOpenOption.READ);
        return new LocalImages(
                packed,
                places.stream()
                        .<ImageSource>map(place -> place.length == 0
                                ? new HadoopImage(place.name, configuration)
                                : new PackedImage(place, packed))
                        .toList());
    }

    /** In the order of the share. */
    List<ImageSource> images() {
        return images;
    }

    @Override
    public void close() throws IOException {
        packed.close();
    }

    private record Place(String name, long start, int length) {}

    private record PackedImage(Place place, FileChannel packed) implements ImageSource {
        @Override
        public String name() {
            return place.name;
        }

        @Override
        public byte[] read() throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(place.length);
            while (bytes.hasRemaining()) {
                if (packed.read(bytes, place.start + bytes.position()) < 0) {
                    throw new IOException("the copy of '" + place.name + "' on this machine was cut short");
                }
            }
            return bytes.array();
        }
    }
}
