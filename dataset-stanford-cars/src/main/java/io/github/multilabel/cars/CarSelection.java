package io.github.multilabel.cars;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.data.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The rows that a data set uses, step by step: those asked for, those of them that are there, and as many of these as
 * the limit allows.
 *
 * @param names of the classes
 * @param labelling the heads, and the labels of a class
 * @param annotated the rows of the split and share asked for
 * @param present those of them whose photo is there
 * @param used those of them in use
 */
record CarSelection(
        List<CarName> names,
        CarHeads labelling,
        List<CarFiles.Row> annotated,
        List<CarFiles.Row> present,
        List<CarFiles.Row> used) {

    /**
     * A part of a list, drawn by one fixed shuffle: the lists of some layouts are sorted by class, so that their
     * beginning is no fair sample. Parts that do not overlap in [0, 1) have no row in common.
     *
     * @param from the start of the part in the shuffled list
     * @param to its end, exclusive
     * @return the part in the order of the list
     */
    static <T> List<T> part(List<T> list, int from, int to) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            places.add(i);
        }
        Collections.shuffle(places, new Random(0));
        return places.subList(from, to).stream()
                .sorted(Comparator.naturalOrder())
                .map(list::get)
                .toList();
    }

    HeadSet heads() {
        return labelling.heads();
    }

    Optional<CarName> name(int index) {
        int category = used.get(index).category();
        return category == CarFiles.MISSING ? Optional.empty() : Optional.of(names.get(category));
    }

    CategoryCounts counts(List<CarFiles.Row> rows) {
        return CategoryCounts.of(heads(), rows.stream().map(this::labels).toList());
    }

    List<Sample> samples() {
        return used.stream()
                .map(row -> new Sample(ImageSource.of(row.file().orElseThrow()), labels(row), row.origin(), row.box()))
                .toList();
    }

    private Labels labels(CarFiles.Row row) {
        return labelling.labels(row.category());
    }
}
