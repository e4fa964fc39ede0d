package io.github.multilabel.evaluation.scoring;

import io.github.multilabel.evaluation.predictions.Predictions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a resample draws as a whole: an image, or the images of a group. Of more than {@link #MOST} of them, blocks are
 * drawn, into which they are dealt at random: a resample of a thousand blocks has the spread of one of all images, and
 * its counts follow from those of the blocks.
 */
final class Units {

    /** Up to so many images or groups are drawn one by one. */
    static final int MOST = 20_000;

    /** So many blocks take their place. They know the width of an interval to some 2 %. */
    static final int BLOCKS = 2_000;

    private final int[] ofRow;
    private final int size;
    private final int members;
    private final boolean isGrouped;

    private Units(int[] ofRow, int members, int size, boolean isGrouped) {
        this.ofRow = ofRow;
        this.isGrouped = isGrouped;
        this.members = members;
        this.size = size;
    }

    /** The same for all predictions of the same images with the same groups, so that these can be compared. */
    static Units of(Predictions predictions) {
        int[] member = new int[predictions.size()];
        Map<String, Integer> groups = new HashMap<>();
        for (int row = 0; row < member.length; row++) {
            member[row] =
                    predictions.hasGroups() ? groups.computeIfAbsent(predictions.group(row), g -> groups.size()) : row;
        }
        int members = predictions.hasGroups() ? groups.size() : member.length;
        if (members <= MOST) {
            return new Units(member, members, members, predictions.hasGroups());
        }
        int[] block = dealt(members);
        for (int row = 0; row < member.length; row++) {
            member[row] = block[member[row]];
        }
        return new Units(member, members, BLOCKS, predictions.hasGroups());
    }

    private static int[] dealt(int members) {
        int[] block = new int[members];
        SplittableRandom random = new SplittableRandom(members);
        for (int i = 0; i < members; i++) {
            int other = random.nextInt(i + 1); // Fisher and Yates: blocks of the same size, in random order
            block[i] = block[other];
            block[other] = i % BLOCKS;
        }
        return block;
    }

    int size() {
        return size;
    }

    /** The number of images or groups. */
    int members() {
        return members;
    }

    /** Whether images of a unit belong together. */
    boolean isGrouped() {
        return isGrouped;
    }

    int of(int row) {
        return ofRow[row];
    }

    /** Each once: the images themselves. */
    int[] once() {
        int[] weights = new int[size];
        Arrays.fill(weights, 1);
        return weights;
    }
}
