package io.github.multilabel.cars;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Char;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Struct;

/**
 * One variable of a MAT file of version 5 to 7. Whatever is wrong with the file is an {@link IOException} that names
 * it.
 *
 * @see <a href="https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf">MAT-File Format</a>
 */
final class MatVariable {

    private static final int HEADER = 128;
    private static final int VERSION = HEADER - 4;
    private static final int BYTE_ORDER = HEADER - 2;
    private static final int TAG = 8;

    private final Path file;
    private final String name;
    private final Array array;

    private MatVariable(Path file, String name, Array array) {
        this.file = file;
        this.name = name;
        this.array = array;
    }

    /** Reads a variable. */
    static MatVariable read(Path file, String name) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        requireWhole(file, bytes);
        List<String> names = new ArrayList<>();
        try {
            // never closed: that would empty its values, and it holds nothing but memory
            MatFile content = Mat5.newReader(Sources.wrap(bytes)).readMat();
            for (MatFile.Entry entry : content.getEntries()) {
                if (entry.getName().equals(name)) {
                    return new MatVariable(file, name, entry.getValue());
                }
                names.add(entry.getName());
            }
        } catch (IOException | RuntimeException e) {
            throw damaged(file, e);
        }
        throw new IOException(file + ": has no variable '" + name + "', only " + names);
    }

    /** The library trusts lengths; a wrong file is told apart here, where it can be said what is wrong. */
    private static void requireWhole(Path file, byte[] bytes) throws IOException {
        String remedy = "; get the file again";
        if (bytes.length < HEADER) {
            throw new IOException(
                    file + ": not a MAT file, " + bytes.length + " bytes are less than its header" + remedy);
        }
        ByteOrder order = order(bytes[BYTE_ORDER], bytes[BYTE_ORDER + 1]);
        if (order == null) {
            throw new IOException(
                    file + ": not a MAT file, it lacks the byte order mark at byte " + BYTE_ORDER + remedy);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        if (buffer.getShort(VERSION) != 0x0100) {
            throw new IOException(file + ": a MAT file of version 7.3 (HDF5), which is not read here; save it with"
                    + " MATLAB's save(..., '-v7')");
        }
        long end = HEADER;
        while (end < bytes.length) {
            end = end + TAG > bytes.length ? end + TAG : end + TAG + (buffer.getInt((int) end + 4) & 0xffffffffL);
        }
        if (end > bytes.length) {
            throw new IOException(
                    file + ": cut off, it has " + bytes.length + " bytes and says that it has " + end + remedy);
        }
    }

    private static @Nullable ByteOrder order(byte first, byte second) {
        if (first == 'I' && second == 'M') {
            return ByteOrder.LITTLE_ENDIAN;
        }
        return first == 'M' && second == 'I' ? ByteOrder.BIG_ENDIAN : null;
    }

    private static IOException damaged(Path file, Exception cause) {
        return new IOException(file + ": damaged MAT file (" + cause + "); get the file again", cause);
    }

    /** The number of elements. */
    int size() {
        return array.getNumElements();
    }

    /** Whether it is a struct that has a field. */
    boolean has(String field) {
        return array instanceof Struct struct && struct.getFieldNames().contains(field);
    }

    /** The texts of a cell array. */
    List<String> texts() throws IOException {
        if (!(array instanceof Cell cell)) {
            throw unexpected("a cell array of texts", array);
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < cell.getNumElements(); i++) {
            texts.add(text(cell.get(i)));
        }
        return texts;
    }

    /** The text in a field of an element of a struct array. */
    String text(String field, int row) throws IOException {
        return text(field(field, row));
    }

    /** The whole number in a field of an element of a struct array. */
    long number(String field, int row) throws IOException {
        Array value = field(field, row);
        if (value instanceof Matrix matrix && matrix.getNumElements() == 1) {
            double number = matrix.getDouble(0);
            if (number == Math.rint(number)) {
                return (long) number;
            }
        }
        throw unexpected("one whole number in field '" + field + "' of row " + (row + 1), value);
    }

    private Array field(String field, int row) throws IOException {
        if (!(array instanceof Struct struct)) {
            throw unexpected("a struct array", array);
        }
        if (!struct.getFieldNames().contains(field)) {
            throw new IOException(
                    file + ": '" + name + "' has no field '" + field + "', only " + struct.getFieldNames());
        }
        return struct.get(field, row);
    }

    private String text(Array value) throws IOException {
        if (value instanceof Char text && text.getNumRows() == 1) {
            return text.getString();
        }
        throw unexpected("a text", value);
    }

    private IOException unexpected(String expected, Array found) {
        return new IOException(file + ": '" + name + "' should hold " + expected + ", found " + found.getType() + " of "
                + found.getNumRows() + " x " + found.getNumCols());
    }

    /** The file and the row, for messages. */
    String origin(int row) {
        return file.getFileName() + " row " + (row + 1);
    }

    Path file() {
        return file;
    }
}
