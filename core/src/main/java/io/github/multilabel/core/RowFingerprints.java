package io.github.multilabel.core;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Fingerprints of the samples of a data set, one number per sample and kind, so that two data sets can be compared and
 * the samples that differ counted. Labels are apart from files: a data set that was moved has the same labels. The
 * arrays are not copied; do not change them.
 *
 * @param labels of the labels of each sample, by the names of heads and categories
 * @param lengths the low bits of the length of each sample's file, 0 for a sample whose file is not known; empty if
 *     none is
 * @param times the low bits of the second in which each sample's file was last changed, 0 for a sample whose file is
 *     not known; empty if none is
 */
public record RowFingerprints(int[] labels, int[] lengths, int[] times) {

    /** @throws IllegalArgumentException if the arrays are neither empty nor of one length */
    public RowFingerprints {
        Objects.requireNonNull(labels, "labels");
        if (isOther(lengths, labels) || isOther(times, labels)) {
            throw new IllegalArgumentException("there are " + labels.length + " samples, but " + lengths.length
                    + " lengths and " + times.length + " times; one for each sample, or none");
        }
    }

    private static boolean isOther(int[] array, int... labels) {
        return array.length != 0 && array.length != labels.length;
    }

    /** The fingerprints of the labels of a data set, which knows nothing of files. */
    public static RowFingerprints ofLabels(MultiLabelDataset data) {
        int[] labels = new int[data.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = of(data.heads(), data.labels(i));
        }
        return new RowFingerprints(labels, new int[0], new int[0]);
    }

    private static int of(HeadSet heads, Labels labels) {
        CRC32C crc = new CRC32C();
        for (Head head : heads) {
            add(crc, head.name());
            if (!labels.isMissing(head.name())) {
                labels.indices(head.name())
                        .forEach(index -> add(crc, head.categories().get(index)));
            }
            add(crc, labels.isMissing(head.name()) ? "missing" : "labelled");
        }
        return (int) crc.getValue();
    }

    private static void add(CRC32C crc, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        crc.update(bytes, 0, bytes.length);
        crc.update(0);
    }
}
