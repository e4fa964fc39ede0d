package io.github.multilabel.data;

import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.RowFingerprints;
import io.github.multilabel.core.image.Box;
import io.github.multilabel.core.image.FileStamp;
import io.github.multilabel.core.internal.sources.CheckedSource;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Numbers that are other ones if samples are, in an order of their own. */
final class SampleFingerprints {

    private SampleFingerprints() {}

    /** The fingerprints of labels and files; asks every image for its length and time. */
    static RowFingerprints rows(MultiLabelDataset data, List<Sample> samples) {
        int[] lengths = new int[samples.size()];
        int[] times = new int[samples.size()];
        boolean known = false;
        for (int i = 0; i < lengths.length; i++) {
            Optional<FileStamp> stamp = new CheckedSource(samples.get(i).image()).stamp();
            if (stamp.isPresent()) {
                known = true;
                lengths[i] = (int) stamp.get().length();
                times[i] = (int) stamp.get().changed().getEpochSecond();
            }
        }
        int[] labels = RowFingerprints.ofLabels(data).labels();
        return known
                ? new RowFingerprints(labels, lengths, times)
                : new RowFingerprints(labels, new int[0], new int[0]);
    }

    /** For example {@code "3 samples, fingerprint 0a1b2c3d"}; {@code "none"} if no sample has a box. */
    static String boxes(List<Sample> samples) {
        CRC32C crc = new CRC32C();
        int count = 0;
        for (int i = 0; i < samples.size(); i++) {
            Optional<Box> box = samples.get(i).box();
            if (box.isPresent()) {
                count++;
                add(
                        crc,
                        i,
                        box.get().top(),
                        box.get().left(),
                        box.get().height(),
                        box.get().width());
            }
        }
        return count == 0 ? "none" : count + " samples, fingerprint " + hex(crc);
    }

    /** The fingerprint of the weights by which samples are drawn. */
    static String weights(double[] weights) {
        CRC32C crc = new CRC32C();
        for (double weight : weights) {
            add(crc, Float.floatToIntBits((float) weight));
        }
        return "fingerprint " + hex(crc);
    }

    private static void add(CRC32C crc, int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Integer.BYTES);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        crc.update(bytes.flip());
    }

    private static String hex(CRC32C crc) {
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
