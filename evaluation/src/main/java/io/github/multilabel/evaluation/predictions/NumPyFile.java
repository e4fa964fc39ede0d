package io.github.multilabel.evaluation.predictions;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.internal.files.AtomicOutput;
import io.github.multilabel.core.internal.files.NumPyHeader;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes predictions as {@code numpy.load} reads them: a zip of arrays in NumPy's format 1.0 (numpy.lib.format). */
final class NumPyFile {

    /** Of equal predictions, equal bytes. */
    private static final long NO_TIME = 0;

    private final ZipOutputStream zip;

    private NumPyFile(OutputStream out) {
        zip = new ZipOutputStream(new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
            }

            @Override
            public void close() throws IOException {
                flush(); // whoever gave it closes it
            }
        });
    }

    static void write(Path file, Predictions predictions) throws IOException {
        AtomicOutput.file(file, out -> {
            NumPyFile arrays = new NumPyFile(out);
            arrays.writeAll(predictions);
            arrays.zip.finish();
        });
    }

    private void writeAll(Predictions predictions) throws IOException {
        int size = predictions.size();
        writeTexts("sources", size, predictions::source);
        if (predictions.hasGroups()) {
            writeTexts("groups", size, predictions::group);
        }
        for (HeadColumns column : predictions.columns()) {
            Head head = column.head();
            begin(head.name() + ".logits", "<f4", size, head.size());
            column.logits().write(Channels.newChannel(zip), size);
            switch (head.kind()) {
                case SINGLE_LABEL -> begin(head.name() + ".labels", "<i4", size);
                case MULTI_LABEL -> begin(head.name() + ".labels", "|i1", size, head.size());
            }
            column.labels().write(Channels.newChannel(zip), size);
            List<String> categories = head.categories();
            writeTexts(head.name() + ".categories", categories.size(), categories::get);
        }
    }

    private void begin(String name, String type, long... shape) throws IOException {
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setTime(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(NumPyHeader.of(type, shape));
    }

    /** As NumPy has texts: each as many code points as the longest, four bytes each. */
    private void writeTexts(String name, int size, IntFunction<String> texts) throws IOException {
        int longest = 1;
        for (int i = 0; i < size; i++) {
            longest = Math.max(longest, (int) texts.apply(i).codePoints().count());
        }
        begin(name, "<U" + longest, size);
        byte[] text = new byte[longest * Integer.BYTES];
        ByteBuffer codes = ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            Arrays.fill(text, (byte) 0);
            codes.clear();
            texts.apply(i).codePoints().forEach(codes::putInt);
            zip.write(text);
        }
    }
}
