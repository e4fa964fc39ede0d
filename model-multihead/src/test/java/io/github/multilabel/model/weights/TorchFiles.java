package io.github.multilabel.model.weights;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of torch.save for tests: those that PyTorch wrote, and some written by hand, one character per byte. */
final class TorchFiles {

    private TorchFiles() {}

    /** A file beside torch/golden.py. */
    static Path path(String name) {
        try {
            return Path.of(TorchFiles.class.getResource("torch/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The pickle of a program without its first and last opcode. */
    static byte[] pickle(String program) {
        return ("\u0080\u0002" + program + ".").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A program for a dictionary with one contiguous matrix or vector of float32 on the storage 0. */
    static String tensor(String name, String sizes, int storageValues) {
        return tensor(
                name,
                sizes,
                sizes.startsWith("(K\u0002t") ? "(K\u0001t" : "(K" + sizes.charAt(4) + "K\u0001t",
                storageValues);
    }

    static String tensor(String name, String sizes, String strides, int storageValues) {
        return "}" + text(name) + "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\nFloatStorage\n"
                + text("0") + text("cpu") + "K" + (char) storageValues + "tQK\u0000" + sizes + strides
                + "\u0089}tRs";
    }

    static String text(String text) {
        return "X" + (char) text.length() + "\u0000\u0000\u0000" + text;
    }

    /** A whole zip file of a program and the values of storage 0. */
    static Path archive(Path folder, String program, byte[] storage) throws IOException {
        return zip(folder, Map.of("a/data.pkl", pickle(program), "a/data/0", storage));
    }

    static Path zip(Path folder, Map<String, byte[]> entries) throws IOException {
        return zip(folder, entries, ZipEntry.STORED);
    }

    static Path compressedZip(Path folder, Map<String, byte[]> entries) throws IOException {
        return zip(folder, entries, ZipEntry.DEFLATED);
    }

    private static Path zip(Path folder, Map<String, byte[]> entries, int method) throws IOException {
        Path path = folder.resolve("made.pth");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            for (Map.Entry<String, byte[]> content : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(content.getKey());
                CRC32 checksum = new CRC32();
                checksum.update(content.getValue());
                entry.setMethod(method);
                entry.setSize(content.getValue().length);
                entry.setCrc(checksum.getValue());
                zip.putNextEntry(entry);
                zip.write(content.getValue());
                zip.closeEntry();
            }
        }
        return path;
    }
}
