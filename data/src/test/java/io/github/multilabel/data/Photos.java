package io.github.multilabel.data;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.MultiLabelDataset;
import io.github.multilabel.core.image.ImageSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Small labelled images for tests. */
final class Photos {

    static final HeadSet HEADS = HeadSet.of(
            Head.singleLabel("type", "Coupe", "SUV", "Van"), Head.multiLabel("extras", "roof rack", "spoiler"));

    private Photos() {}

    /** A sample named "photo INDEX"; every third type label is missing. */
    static Sample sample(int index, byte[] bytes) {
        Labels labels = Labels.builder(HEADS)
                .setIndex("type", index % 3 - 1)
                .set("extras", index % 2 == 0 ? List.of("spoiler") : List.of())
                .build();
        return new Sample(ImageSource.of("photo " + index, bytes), labels, "labels.csv line " + (index + 2));
    }

    /** Images of one grey each, so that a batch shows which they are: 10 times the index. */
    static List<Sample> greys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> sample(i, TestImages.png(TestImages.plain(8, 10, 10 * i))))
                .toList();
    }

    /** Images of which augmentation makes something new each time. */
    static List<Sample> patterns(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> sample(i, TestImages.png(TestImages.pattern(20 + i, 30))))
                .toList();
    }

    /** What a pass gives: per batch, the names of its photos. */
    static List<List<String>> names(MultiLabelDataset data, NDManager manager, DataPass pass) throws Exception {
        List<List<String>> names = new ArrayList<>();
        try (Batches batches = data.batches(manager, pass)) {
            while (batches.hasNext()) {
                try (MultiLabelBatch batch = batches.next()) {
                    names.add(batch.sources());
                }
            }
        }
        return names;
    }

    /** What a pass gives: per batch, the bytes of its images. */
    static List<byte[]> bytes(MultiLabelDataset data, NDManager manager, DataPass pass) throws Exception {
        List<byte[]> bytes = new ArrayList<>();
        try (Batches batches = data.batches(manager, pass)) {
            while (batches.hasNext()) {
                try (MultiLabelBatch batch = batches.next()) {
                    bytes.add(batch.image().toByteArray());
                }
            }
        }
        return bytes;
    }
}
