package io.github.multilabel.core.table;

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

/** From the bytes of a table to its text: what the encoding is, and whether this is text at all. */
final class CsvText {

    /** Of Excel's and other tools' files that people take for CSV. */
    private static final Map<String, String> OTHER_FORMATS = new LinkedHashMap<>();

    static {
        OTHER_FORMATS.put("PK\3\4", "a zip archive, as Excel's .xlsx is one; save it as \"CSV UTF-8\"");
        OTHER_FORMATS.put("\u00d0\u00cf\u0011\u00e0", "an old Excel file (.xls); save it as \"CSV UTF-8\"");
        OTHER_FORMATS.put("\u001f\u008b", "compressed with gzip; unpack it first");
        OTHER_FORMATS.put("PAR1", "a Parquet file; export it as CSV");
        OTHER_FORMATS.put("SQLite format 3", "an SQLite database; read it with ImageTable.query and a row mapper");
        OTHER_FORMATS.put("%PDF", "a PDF document; export the table as CSV");
        OTHER_FORMATS.put("<", "HTML or XML; perhaps an error page was saved in its place, download it again");
    }

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
    static String read(Path file, Charset given) throws IOException {
        requireReadable(file);
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length == 0) {
            throw new IOException(file + " is empty; it needs a header and a row for each image");
        }
        String start = new String(bytes, 0, Math.min(bytes.length, 16), StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> format : OTHER_FORMATS.entrySet()) {
            if (start.startsWith(format.getKey())) {
                throw new IOException(file + " is no CSV file: it is " + format.getValue());
            }
        }
        for (Map.Entry<Charset, byte[]> mark : BYTE_ORDER_MARKS.entrySet()) {
            int length = mark.getValue().length;
            if (Arrays.equals(bytes, 0, Math.min(bytes.length, length), mark.getValue(), 0, length)) {
                return decode(file, ByteBuffer.wrap(bytes, length, bytes.length - length), mark.getKey());
            }
        }
        return decode(file, ByteBuffer.wrap(bytes), given == null ? StandardCharsets.UTF_8 : given);
    }

    private static void requireReadable(Path file) throws IOException {
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
                    + " has a character of value 0: this is not " + charset + " text. If it is UTF-16, say so with"
                    + " CsvFile.withCharset(StandardCharsets.UTF_16LE)");
        }
        return decoded;
    }

    private static IOException malformed(Path file, ByteBuffer bytes, Charset charset, String before) {
        int wrong = bytes.get(bytes.position()) & 0xff;
        String lineStart = before.substring(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
        byte[] rest = new byte[Math.min(8, bytes.remaining())];
        bytes.get(rest);
        String windows = Charset.isSupported("windows-1252")
                ? " Tables from Windows are often windows-1252: CsvFile.withCharset(Charset.forName(\"windows-1252\"))"
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
