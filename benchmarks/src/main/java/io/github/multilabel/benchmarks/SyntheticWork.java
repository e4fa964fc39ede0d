package io.github.multilabel.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import java.util.List;
import java.util.stream.IntStream;

/** Random images and labels: the speed of the engine alone, without files. */
record SyntheticWork(HeadSet heads, int size, int batch) {

    /** The heads of Stanford Cars: brand, type and year, with 6, 5 and 2 categories. */
    static SyntheticWork cars(int size, int batch) {
        return new SyntheticWork(HeadSet.of(head("brand", 6), head("type", 5), head("year", 2)), size, batch);
    }

    /** Many heads of three categories each. */
    static SyntheticWork manyHeads(int count, int size, int batch) {
        List<Head> heads =
                IntStream.range(0, count).mapToObj(i -> head("head" + i, 3)).toList();
        return new SyntheticWork(HeadSet.of(heads), size, batch);
    }

    private static Head head(String name, int categories) {
        return Head.singleLabel(
                name,
                IntStream.range(0, categories).mapToObj(i -> name + " " + i).toList());
    }

    /** (N, 3, H, W) float32 whose memory is (N, H, W, 3), as a data set gives it. */
    NDArray images(NDManager manager) {
        return manager.randomNormal(new Shape(batch, size, size, 3)).transpose(0, 3, 1, 2);
    }

    /** Per head (N) int64. */
    NDList labels(NDManager manager) {
        NDList labels = new NDList();
        for (Head head : heads) {
            labels.add(manager.randomInteger(0, head.size(), new Shape(batch), DataType.INT64));
        }
        return labels;
    }
}
