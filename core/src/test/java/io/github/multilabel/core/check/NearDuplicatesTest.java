package io.github.multilabel.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The index finds what comparing each with each would find. */
class NearDuplicatesTest {

    private static ImageLook look(long hash) {
        return new ImageLook(hash, new byte[3]);
    }

    private static List<ImageLook> looks(int count, int copies, int flippedBits, long seed) {
        Random random = new Random(seed);
        List<ImageLook> looks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            looks.add(random.nextInt(9) == 0 ? null : look(random.nextLong()));
        }
        for (int i = 0; i < copies; i++) {
            ImageLook of = looks.get(random.nextInt(count));
            long hash = of == null ? random.nextLong() : of.hash();
            for (int flip = 0; flip < random.nextInt(flippedBits + 1); flip++) {
                hash ^= 1L << random.nextInt(64);
            }
            looks.add(look(hash));
        }
        return looks;
    }

    private static List<List<Integer>> bruteForce(List<ImageLook> looks, int distance) {
        int[] group = new int[looks.size()];
        for (int i = 0; i < group.length; i++) {
            group[i] = i;
        }
        for (int i = 0; i < group.length; i++) {
            for (int j = i + 1; j < group.length; j++) {
                if (looks.get(i) != null && looks.get(j) != null && looks.get(i).distance(looks.get(j)) <= distance) {
                    int from = Math.max(group[i], group[j]);
                    int to = Math.min(group[i], group[j]);
                    for (int k = 0; k < group.length; k++) {
                        group[k] = group[k] == from ? to : group[k];
                    }
                }
            }
        }
        List<List<Integer>> groups = new ArrayList<>();
        TreeSet<Integer> seen = new TreeSet<>();
        for (int i = 0; i < group.length; i++) {
            if (seen.add(group[i])) {
                List<Integer> members = new ArrayList<>();
                for (int j = 0; j < group.length; j++) {
                    if (group[j] == group[i]) {
                        members.add(j);
                    }
                }
                if (members.size() > 1) {
                    groups.add(members);
                }
            }
        }
        return groups;
    }

    @Test
    void theIndexFindsWhatComparingAllFinds() {
        for (int distance : new int[] {0, 1, 4, 6, 10, 16}) {
            List<ImageLook> looks = looks(300, 150, distance + 2, distance);
            assertThat(NearDuplicates.groups(looks, distance))
                    .as("distance %d", distance)
                    .isEqualTo(bruteForce(looks, distance))
                    .isNotEmpty();
        }
    }

    @Test
    void manyImagesAreNotComparedEachWithEach() {
        List<ImageLook> looks = looks(100_000, 500, 4, 1);
        assertThat(NearDuplicates.groups(looks, 6)).hasSizeBetween(400, 600);
    }

    @Test
    void manyImagesOfOneStructureButOtherColoursAreToldApart() {
        List<ImageLook> looks = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            looks.add(new ImageLook(7, new byte[] {(byte) (i * 40), (byte) (i / 6 * 40), (byte) (i / 36 * 40)}));
        }
        assertThat(NearDuplicates.groups(looks, 6))
                .allSatisfy(group -> assertThat(group.size()).isLessThan(5_000));
    }

    @Test
    void nothingIsFoundAmongNothing() {
        assertThat(NearDuplicates.groups(List.of(), 6)).isEmpty();
    }
}
