package io.github.multilabel.cars;

/** Which of the photos: the authors' split, or all of them. */
public enum Split {
    /** The 8,144 photos for training. */
    TRAIN,
    /** The 8,041 photos for testing; without labels unless {@code cars_test_annos_withlabels.mat} is there. */
    TEST,
    /** Both: 16,185 photos. */
    ALL;

    boolean has(CarFiles.Row row) {
        return this == ALL || (this == TEST) == row.test();
    }
}
