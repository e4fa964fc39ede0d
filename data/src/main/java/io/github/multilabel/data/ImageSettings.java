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
    private static final String BATCH_SIZE = "batch size";

    /**
     * Settings that decide the numbers of a pass. Checkpoints keep these names and texts: leave them as they are.
     *
     * @param training whether a training pass is meant; an evaluation neither shuffles nor augments
     */
    Map<String, String> compared(boolean training) {
        Map<String, String> compared = new LinkedHashMap<>();
        if (training) {
            compared.put(BATCH_SIZE, Integer.toString(batchSize));
            compared.put("shuffle", Boolean.toString(shuffle));
            compared.put(
                    "weighted sampling", weights.map(SamplingWeights::describe).orElse(NONE));
            compared.put("augmentation", augmentation.describe());
        }
        compared.put("box crop", boxCrop.map(BoxCrop::describe).orElse(NONE));
        compared.put("decoder", decoder.describe());
        compared.put("limit", limit.isPresent() ? Integer.toString(limit.getAsInt()) : NONE);
        return compared;
    }

    /**
     * Settings that may change: a training that failed on a bad image may be resumed without it, and an evaluation
     * gives the same with batches of any size, but for rounding.
     */
    Map<String, String> free(boolean training) {
        Map<String, String> free = new LinkedHashMap<>();
        if (!training) {
            free.put(BATCH_SIZE, Integer.toString(batchSize));
        }
        free.put(
                "bad images",
                switch (badImages) {
                    case FAIL -> "fail";
                    case SKIP -> "skip";
                });
        if (training) {
            free.put("photo cache", cache.map(PhotoCache::describe).orElse(NONE));
        }
        return free;
    }
}
