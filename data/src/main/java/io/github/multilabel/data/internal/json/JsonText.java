package io.github.multilabel.data.internal.json;

import io.github.multilabel.data.internal.csv.CsvText;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The text of a file of JSON, read as it is needed. */
final class JsonText {

    private static final int BUFFER = 1 << 16;
    private static final int MARK = 3;

    private JsonText() {}

    /**
     * Opens a file.
     *
     * @param given its encoding, or null to take what a byte order mark says, without one UTF-8
     */
    static Reader open(Path file, @Nullable Charset given) throws IOException {
        CsvText.requireReadable(file);
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            Charset charset = mark(bytes, given == null ? StandardCharsets.UTF_8 : given);
            return new BufferedReader(
                    new InputStreamReader(
                            bytes,
                            charset.newDecoder()
                                    .onMalformedInput(CodingErrorAction.REPORT)
                                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
                    BUFFER);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /** What a mark says, which is passed over. */
    private static Charset mark(InputStream bytes, Charset otherwise) throws IOException {
        bytes.mark(MARK);
        byte[] first = bytes.readNBytes(MARK);
        bytes.reset();
        String start = new String(first, StandardCharsets.ISO_8859_1);
        if (start.equals("\u00ef\u00bb\u00bf")) {
            bytes.skipNBytes(MARK);
            return StandardCharsets.UTF_8;
        }
        boolean little = start.startsWith("\u00ff\u00fe");
        if (little || start.startsWith("\u00fe\u00ff")) {
            bytes.skipNBytes(2);
            return little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        }
        return otherwise;
    }
}
