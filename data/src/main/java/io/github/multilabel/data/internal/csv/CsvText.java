package io.github.multilabel.data.internal.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From the bytes of a table to its text: what the encoding is, and whether this is text at all. */
public final class CsvText {

    private static final String JSON = "export it as CSV or as lines of JSON, an object for each image, whose name ends"
            + " in .jsonl; what COCO or Label Studio exported is read by TableFile.coco and TableFile.labelStudio, or read"
            + " it yourself with ImageTable.rows and a row mapper";

    /** How files of Excel and of other tools begin that people take for CSV: a pattern and what it is. */
    private static final Map<String, String> OTHER_FORMATS = new LinkedHashMap<>();

    static {
        OTHER_FORMATS.put("PK\\x03\\x04", "a zip archive, as Excel's .xlsx is one; save it as \"CSV UTF-8\"");
        OTHER_FORMATS.put("\\xd0\\xcf\\x11\\xe0", "an old Excel file (.xls); save it as \"CSV UTF-8\"");
        OTHER_FORMATS.put("\\x1f\\x8b", "compressed with gzip; unpack it first");
        OTHER_FORMATS.put("PAR1", "a Parquet file; export it as CSV");
        OTHER_FORMATS.put("SQLite format 3", "an SQLite database; read it with ImageTable.query and a row mapper");
        OTHER_FORMATS.put("%PDF", "a PDF document; export the table as CSV");
        OTHER_FORMATS.put("\\{\\s*[\"}]", "JSON; " + JSON);
        OTHER_FORMATS.put("\\[\\s*[{\\[\"]", "JSON; " + JSON);
        OTHER_FORMATS.put(
                "---\\s*[\r\n]|- [\\w ]+:(\\s|\\z)",
                "YAML; export it as CSV, or read it yourself with ImageTable.rows");
        OTHER_FORMATS.put("<", "HTML or XML; perhaps an error page was saved in its place, download it again");
    }

    private static final int LOOKED_AT = 256;

    /** What one array can hold. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

    private static final Map<Charset, byte[]> BYTE_ORDER_MARKS = new LinkedHashMap<>();

    static {
        BYTE_ORDER_MARKS.put(StandardCharsets.UTF_8, new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
        BYTE_ORDER_MARKS.put(Charset.forName("UTF-32LE"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0});
        BYTE_ORDER_MARKS.put(StandardCharsets.UTF_16LE, new byte[] {(byte) 0xff, (byte) 0xfe});
        BYTE_ORDER_MARKS.put(StandardCharsets.UTF_16BE, new byte[] {(byte) 0xfe, (byte) 0xff});
    }

    private CsvText() {}

    /**
     * Reads a file.
     *
     * @param given the encoding, or null to take what a byte order mark says, without one UTF-8
     */
    public static String read(Path file, @Nullable Charset given) throws IOException {
        requireReadable(file);
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length == 0) {
            throw new IOException(file + " is empty; it needs a header and a row for each image");
        }
        String start = new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        String afterMark = start.startsWith("\u00ef\u00bb\u00bf") ? start.substring(3) : start;
        for (Map.Entry<String, String> format : OTHER_FORMATS.entrySet()) {
            if (Pattern.compile("\\s*(" + format.getKey() + ")")
                    .matcher(afterMark)
                    .lookingAt()) {
                throw new IOException(file + " is no CSV file: it is " + format.getValue());
            }
        }
        for (Map.Entry<Charset, byte[]> mark : BYTE_ORDER_MARKS.entrySet()) {
            int length = mark.getValue().length;
            if (Arrays.equals(bytes, 0, Math.min(bytes.length, length), mark.getValue(), 0, length)) {
                return decode(file, ByteBuffer.wrap(bytes, length, bytes.length - length), mark.getKey());
            }
        }
        Charset charset = given == null ? StandardCharsets.UTF_8 : given;
        if (!charset.name().startsWith("UTF-16") && !charset.name().startsWith("UTF-32")) {
            refuseZeros(file, bytes, charset);
        } else if (isAscii(bytes)) {
            throw new IOException(file + " is not " + charset
                    + " text: all its bytes are letters of one byte each; leave" + " TableFile.withCharset(...) out");
        }
        return decode(file, ByteBuffer.wrap(bytes), charset);
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte one : bytes) {
            if (one <= 0) {
                return false;
            }
        }
        return true;
    }

    /** No text has bytes of value 0 but that of two bytes a character; what decoding says then leads astray. */
    private static void refuseZeros(Path file, byte[] bytes, Charset charset) throws IOException {
        int last = bytes.length;
        while (last > 0 && bytes[last - 1] == 0) {
            last--;
        }
        long[] zeros = new long[2];
        int first = -1;
        for (int i = 0; i < last; i++) {
            if (bytes[i] == 0) {
                first = first < 0 ? i : first;
                zeros[i % 2]++;
            }
        }
        if (last < bytes.length - 1 && first < 0) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%s ends in %,d bytes of value 0, as after a crash or on a full disk: rows may be missing; bring a"
                            + " whole copy",
                    file,
                    bytes.length - last));
        }
        if (first < 0 && last == bytes.length) {
            return;
        }
        boolean little = zeros[1] >= zeros[0];
        boolean fourBytes = (zeros[0] + zeros[1]) * 5 > bytes.length * 3L;
        boolean twoBytes = Math.max(zeros[0], zeros[1]) * 4 > bytes.length
                || Math.min(zeros[0], zeros[1]) == 0 && Math.max(zeros[0], zeros[1]) > 2;
        String before = new String(bytes, 0, first < 0 ? last : first, StandardCharsets.ISO_8859_1);
        throw new IOException(file + " line " + line(before) + " has a character of value 0: this is not " + charset
                + " text"
                + (fourBytes
                        ? ", but UTF-32 without a byte order mark; say so with TableFile.withCharset(Charset.forName(\"UTF-32"
                                + (little ? "LE" : "BE") + "\"))"
                        : twoBytes
                                ? ", but UTF-16 without a byte order mark; say so with"
                                        + " TableFile.withCharset(StandardCharsets.UTF_16" + (little ? "LE)" : "BE)")
                                : "; the file is damaged, or no text at all"));
    }

    /** Refuses what is no file that can be read, with what to do. */
    public static void requireFile(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder; name the CSV file, or read folders that are named after"
                    + " categories with ImageTable.folders");
        }
        if (!Files.exists(file)) {
            throw new IOException(file + ": no such file (looked for " + file.toAbsolutePath() + ")");
        }
        if (!Files.isReadable(file)) {
            throw new IOException(file + " is not readable by this user");
        }
    }

    /** @throws IOException if a file is none, may not be read, or has more than one array can hold */
    public static void requireReadable(Path file) throws IOException {
        requireFile(file);
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%s has %,d MB; a table of at most 2,047 MB is read. Leave out columns that are not needed, or read it"
                            + " yourself with ImageTable.rows",
                    file,
                    Files.size(file) >> 20));
        }
    }

    private static String decode(Path file, ByteBuffer bytes, Charset charset) throws IOException {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate((int) Math.ceil(bytes.remaining() * (double) decoder.maxCharsPerByte()));
        CoderResult result = decoder.decode(bytes, text, true);
        String decoded = text.flip().toString();
        if (result.isError()) {
            throw malformed(file, bytes, charset, decoded);
        }
        if (decoded.indexOf('\0') >= 0) {
            throw new IOException(file + " line " + line(decoded.substring(0, decoded.indexOf('\0')))
                    + " has a character of value 0: this is not " + charset + " text, or it is damaged");
        }
        return decoded;
    }

    private static IOException malformed(Path file, ByteBuffer bytes, Charset charset, String before) {
        int wrong = bytes.get(bytes.position()) & 0xff;
        String lineStart = before.substring(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
        byte[] rest = new byte[Math.min(8, bytes.remaining())];
        bytes.get(rest);
        String windows = Charset.isSupported("windows-1252")
                ? " Tables from Windows are often windows-1252: TableFile.withCharset(Charset.forName(\"windows-1252\"))"
                        + " would read '..." + tail(lineStart)
                        + new String(rest, Charset.forName("windows-1252"))
                                .lines()
                                .findFirst()
                                .orElse("") + "'"
                : "";
        return new IOException(String.format(
                Locale.ROOT,
                "%s line %d, after '%s': the byte 0x%02X is not %s text. Save the table as UTF-8, or say how it is"
                        + " encoded.%s",
                file,
                line(before),
                tail(lineStart),
                wrong,
                charset,
                windows));
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 12));
    }

    /** The number of the line in which the text ends, from 1. */
    private static int line(String text) {
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            boolean feed = text.charAt(i) == '\n' && (i == 0 || text.charAt(i - 1) != '\r');
            line += feed || text.charAt(i) == '\r' ? 1 : 0;
        }
        return line;
    }
}
