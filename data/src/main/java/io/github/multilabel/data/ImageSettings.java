package io.github.multilabel.data;

import io.github.multilabel.core.image.BoxCrop;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.data.augment.Augmentation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What decides the batches of a data set, beside its samples.
 *
 * @param weights by which a training pass draws samples; empty if each comes once
 * @param boxCrop empty if images stay whole
 * @param limit the number of samples that was asked for, if that left some out
 * @param cache of photos made smaller
 */
record ImageSettings(
        int batchSize,
        boolean shuffle,
        Optional<SamplingWeights> weights,
        Augmentation augmentation,
        Optional<BoxCrop> boxCrop,
        ImageDecoder decoder,
        BadImages badImages,
        OptionalInt limit,
        Optional<PhotoCache> cache) {

    private static final String NONE = "none";

    /**
     * Settings that decide the numbers of a training. Checkpoints keep these names and texts: leave them as they are.
     */
    Map<String, String> compared() {
        Map<String, String> compared = new LinkedHashMap<>();
        compared.put("batch size", Integer.toString(batchSize));
        compared.put("shuffle", Boolean.toString(shuffle));
        compared.put("weighted sampling", weights.map(SamplingWeights::describe).orElse(NONE));
        compared.put("augmentation", augmentation.describe());
        compared.put("box crop", boxCrop.map(BoxCrop::describe).orElse(NONE));
        compared.put("decoder", decoder.describe());
        compared.put("limit", limit.isPresent() ? Integer.toString(limit.getAsInt()) : NONE);
        return compared;
    }

    /** Settings that may change: a training that failed on a bad image may go on without it. */
    Map<String, String> free() {
        Map<String, String> free = new LinkedHashMap<>();
        free.put(
                "bad images",
                switch (badImages) {
                    case FAIL -> "fail";
                    case SKIP -> "skip";
                });
        free.put("photo cache", cache.map(PhotoCache::describe).orElse(NONE));
        return free;
    }
}
