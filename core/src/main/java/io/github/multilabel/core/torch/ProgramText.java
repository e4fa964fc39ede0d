package io.github.multilabel.core.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The text of a program, packed as the archive that PyTorch loads, and its lines for messages. */
final class ProgramText {

    private static final String TYPE = "__torch__.Fn";
    private static final List<String> HEADER =
            List.of("class Fn(Module):", "  __parameters__ = []", "  __buffers__ = []", "  training : bool");
    private static final Pattern LINE = Pattern.compile("code/__torch__\\.py\", line (\\d+)");
    /** A pickle of an object of class Fn whose attribute "training" is False. */
    private static final byte[] OBJECT =
            "\u0080\u0002c__torch__\nFn\n)\u0081}X\u0008\u0000\u0000\u0000training\u0089sb."
                    .getBytes(StandardCharsets.ISO_8859_1);
    /** A pickle of an empty tuple. */
    private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

    private final List<String> lines;

    ProgramText(String methods) {
        this.lines = methods.stripIndent().lines().toList();
    }

    /** A zip of four entries: the object, its class as code, its constants, the version of the format. */
    byte[] archive() throws IOException {
        StringBuilder code = new StringBuilder(String.join("\n", HEADER)).append('\n');
        for (String line : lines) {
            code.append("  ")
                    .append(line.replaceFirst("^def (\\w+)\\(self\\b", "def $1(self: " + TYPE))
                    .append('\n');
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "fn/data.pkl", OBJECT);
            put(zip, "fn/code/__torch__.py", code.toString().getBytes(StandardCharsets.UTF_8));
            put(zip, "fn/constants.pkl", NO_CONSTANTS);
            put(zip, "fn/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    /** The engine's message, led by the line of the text that it speaks of. */
    String explain(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage()).strip();
        Matcher matcher = LINE.matcher(message);
        int number = 0;
        while (matcher.find()) { // the last one named is the innermost call
            number = Integer.parseInt(matcher.group(1)) - HEADER.size();
        }
        return number >= 1 && number <= lines.size()
                ? "line " + number + " '" + lines.get(number - 1).strip() + "': " + message
                : message;
    }
}
