package io.github.multilabel.core.image.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A file of golden/formats.zip, which golden/formats.py wrote.
 *
 * @param expected its pixels, or null if it must be refused
 * @param tolerance how far a sample may be from them
 * @param lossyWebp whether a plug-in in Java is allowed more
 */
@SuppressWarnings("ArrayRecordComponent")
record FormatCase(String name, byte[] bytes, Pixels expected, int tolerance, boolean lossyWebp) {

    private static final String LOSSY = "lossy";

    static List<FormatCase> all() throws IOException {
        Map<String, byte[]> entries = entries();
        JsonObject described = JsonParser.parseString(new String(entries.get("cases.json"), StandardCharsets.UTF_8))
                .getAsJsonObject();
        List<FormatCase> cases = new ArrayList<>();
        for (JsonElement element : described.getAsJsonArray("cases")) {
            JsonObject golden = element.getAsJsonObject();
            byte[] bytes = part(entries.get("files.bin"), golden.getAsJsonArray("bytes"));
            Pixels expected = null;
            String tolerance = "0";
            if (golden.has("rgb")) {
                int height = golden.get("height").getAsInt();
                int width = golden.get("width").getAsInt();
                expected = new Pixels(height, width, part(entries.get("pixels.bin"), golden.getAsJsonArray("rgb")));
                tolerance = golden.get("tolerance").getAsString();
            }
            boolean lossy = tolerance.equals(LOSSY);
            String name = golden.get("file").getAsString();
            cases.add(new FormatCase(name, bytes, expected, lossy ? 0 : Integer.parseInt(tolerance), lossy));
        }
        return cases;
    }

    private static Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        try (InputStream file = FormatCase.class.getResourceAsStream("/golden/formats.zip");
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] part(byte[] all, JsonArray startAndLength) {
        int start = startAndLength.get(0).getAsInt();
        return Arrays.copyOfRange(all, start, start + startAndLength.get(1).getAsInt());
    }

    boolean isWebp() {
        return name.endsWith(".webp");
    }

    /** Whether the file lacks only what has to follow its pixels. */
    boolean isLenient() {
        return name.startsWith("lenient: ");
    }

    ImageSource source() {
        return ImageSource.of(name, bytes);
    }

    void requireEqual(Pixels decoded) {
        assertThat(decoded.height()).isEqualTo(expected.height());
        assertThat(decoded.width()).isEqualTo(expected.width());
        assertThat(largestDifference(decoded)).as("largest difference").isLessThanOrEqualTo(tolerance);
    }

    private int largestDifference(Pixels decoded) {
        int worst = 0;
        for (int i = 0; i < decoded.rgb().length; i++) {
            worst = Math.max(worst, Math.abs((decoded.rgb()[i] & 0xff) - (expected.rgb()[i] & 0xff)));
        }
        return worst;
    }

    double meanDifference(Pixels decoded) {
        long sum = 0;
        for (int i = 0; i < decoded.rgb().length; i++) {
            sum += Math.abs((decoded.rgb()[i] & 0xff) - (expected.rgb()[i] & 0xff));
        }
        return (double) sum / decoded.rgb().length;
    }
}
