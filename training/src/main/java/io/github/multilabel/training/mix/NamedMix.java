package io.github.multilabel.training.mix;

import java.util.SplittableRandom;

/** A way to blend on offer. */
record NamedMix(String describe, Mix kind) implements Mix {

    @Override
    public Mixture draw(SplittableRandom random, int images, int height, int width) {
        return kind.draw(random, images, height, width);
    }
}
