package io.github.multilabel.training.mix;

import java.util.SplittableRandom;

/** A way to blend on offer. */
record NamedBatchMix(String describe, BatchMix kind) implements BatchMix {

    @Override
    public MixDraw draw(SplittableRandom random, int images, int height, int width) {
        return kind.draw(random, images, height, width);
    }
}
