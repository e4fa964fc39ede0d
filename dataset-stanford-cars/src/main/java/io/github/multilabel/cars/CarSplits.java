package io.github.multilabel.cars;

import io.github.multilabel.data.Split;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Which annotated photos belong to which split. The authors publish training and test photos. Where test photos with
 * labels are there, they validate, too; where none are, a fixed tenth of the training photos does, and the others
 * train.
 */
final class CarSplits {

    private static final double TRAINED = 0.9;

    private final List<CarFiles.Row> rows;
    private final List<CarFiles.Row> train;
    private final List<CarFiles.Row> validation;
    private final List<CarFiles.Row> test;

    CarSplits(CarFiles files) {
        rows = files.rows();
        test = rows.stream().filter(CarFiles.Row::test).toList();
        List<CarFiles.Row> published = rows.stream().filter(row -> !row.test()).toList();
        if (hasLabelledTest()) {
            train = published;
            validation = test;
        } else {
            int trained = (int) Math.round(TRAINED * published.size());
            train = CarSelection.part(published, 0, trained);
            validation = CarSelection.part(published, trained, published.size());
        }
    }

    /** Whether there are test photos whose class is known. */
    boolean hasLabelledTest() {
        return test.stream()
                .anyMatch(
                        row -> row.category() != CarFiles.MISSING && row.file().isPresent());
    }

    /** The photos of some splits, in the order of the files. */
    List<CarFiles.Row> rows(Set<Split> splits) {
        Set<CarFiles.Row> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Split split : splits) {
            chosen.addAll(
                    switch (split) {
                        case TRAIN -> train;
                        case VALIDATION -> validation;
                        case TEST -> test;
                    });
        }
        return rows.stream().filter(chosen::contains).toList();
    }
}
