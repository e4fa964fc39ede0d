package io.github.multilabel.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The index finds what comparing with each hash would find. */
class HashIndexTest {

    private static long flipped(long hash, int bits, Random random) {
        long changed = hash;
        for (int i = 0; i < bits; i++) {
            changed ^= 1L << random.nextInt(64);
        }
        return changed;
    }

    private static List<Integer> near(HashIndex index, long hash) {
        List<Integer> found = new ArrayList<>();
        index.near(hash, (place, distance) -> found.add(place));
        return found;
    }

    @Test
    void allThatIsNearIsFoundOnce() {
        for (int distance = 0; distance <= 16; distance++) {
            int most = distance;
            Random random = new Random(distance);
            long[] hashes = random.longs(300).toArray();
            for (int i = 150; i < 300; i++) {
                hashes[i] = flipped(hashes[random.nextInt(150)], random.nextInt(distance + 3), random);
            }
            HashIndex index = new HashIndex(hashes, distance);
            for (long hash : hashes) {
                assertThat(near(index, hash))
                        .as("distance %d", distance)
                        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, hashes.length)
                                .filter(i -> Long.bitCount(hash ^ hashes[i]) <= most)
                                .boxed()
                                .toList());
            }
        }
    }

    @Test
    void theNearestAreKept() {
        long[] hashes = new long[5_000];
        for (int i = 0; i < 1_500; i++) {
            hashes[i] = (1L << i % 64) | (1L << (i + 7) % 64) | (1L << (i + 20) % 64);
        }
        for (int i = 1_500; i < 5_000; i++) {
            hashes[i] = -1;
        }
        hashes[1_400] = 0;
        hashes[1_450] = 1;
        NearestHits hits = new NearestHits(6);
        List<Integer> nearest = new ArrayList<>();
        new HashIndex(hashes, 6).near(0, hits);
        hits.drain(nearest::add);
        assertThat(nearest).hasSize(64).startsWith(1_400, 1_450);
        hits.drain(place -> nearest.clear());
        assertThat(nearest).as("empty then").hasSize(64);
    }

    @Test
    void nothingIsFoundAmongNothing() {
        assertThat(near(new HashIndex(new long[0], 6), 7)).isEmpty();
    }
}
