package io.github.multilabel.data.internal.parquet;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.formats.Defect;
import io.github.multilabel.core.internal.formats.ImageFormat;
import io.github.multilabel.data.internal.images.SpooledImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.jspecify.annotations.Nullable;

/** Images in a column of a Parquet file. */
final class ParquetImages {

    private ParquetImages() {}

    /** Whether the first value of a column that may be text is an image. */
    static boolean areIn(ParquetReading reading, ColumnDescriptor column) throws IOException {
        List<byte[]> first = new ArrayList<>();
        reading.read(List.of(column), (rows, readers) -> {
            ColumnReader reader = readers.apply(column);
            for (long left = reader.getTotalValueCount(); left > 0 && first.isEmpty(); left--) {
                if (reader.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
                    first.add(reader.getBinary().getBytes());
                }
                reader.consume();
            }
            return first.isEmpty();
        });
        return !first.isEmpty() && isImage(first.get(0));
    }

    /** Text may begin like a BMP, but an image is not all text. */
    private static boolean isImage(byte[] bytes) {
        try {
            ImageFormat.of(bytes);
            return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString()
                            .indexOf('\0')
                    >= 0;
        } catch (CharacterCodingException e) {
            return true;
        } catch (Defect e) {
            return false;
        }
    }

    /**
     * Unpacks all.
     *
     * @param names as the file has them, perhaps empty
     * @return null where there is none
     */
    static List<@Nullable ImageSource> read(Path file, ColumnDescriptor column, List<String> names) throws IOException {
        Set<String> seen = new HashSet<>();
        Set<String> several = new HashSet<>(List.of(""));
        for (String name : names) {
            if (!seen.add(name)) {
                several.add(name);
            }
        }
        SpooledImages spool = new SpooledImages(file);
        List<@Nullable ImageSource> images = new ArrayList<>();
        ParquetReading.of(file, reading -> {
            reading.read(List.of(column), (rows, readers) -> {
                ColumnReader reader = readers.apply(column);
                for (int i = 0; i < rows; i++) {
                    boolean there = reader.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel();
                    int row = images.size();
                    String name = several.contains(names.get(row)) ? "row " + (row + 1) : names.get(row);
                    images.add(there ? spool.add(name, reader.getBinary().getBytes()) : null);
                    reader.consume();
                }
                return true;
            });
            return images;
        });
        return images;
    }
}
