package io.github.multilabel.training.internal.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureRowsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {0, 12, 50, 1000})
    void rowsComeBackWhereverTheyAreKept(long budget) throws IOException {
        try (FeatureRows rows = new FeatureRows(10, 3, budget, folder)) {
            for (int row = 0; row < 10; row++) {
                if (row != 4) {
                    rows.write(row, new float[] {row, row + 0.5f, -row});
                }
            }
            float[] read = new float[7];
            rows.read(9, read, 4);
            rows.read(0, read, 1);
            assertThat(read).containsExactly(0, 0, 0.5f, 0, 9, 9.5f, -9);
            assertThat(rows.has(4)).isFalse();
            assertThat(rows.has(5)).isTrue();
        }
    }

    @Test
    void nothingIsLeftOfTheFile() throws IOException {
        try (FeatureRows rows = new FeatureRows(10, 3, 0, folder)) {
            rows.write(7, new float[] {1, 2, 3});
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
