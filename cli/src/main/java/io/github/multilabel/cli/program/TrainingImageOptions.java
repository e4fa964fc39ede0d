package io.github.multilabel.cli.program;

import io.github.multilabel.cars.StanfordCarsBuilder;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.data.ImageDatasetBuilder;
import io.github.multilabel.data.SamplingWeights;
import io.github.multilabel.data.augment.Augmentation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of the images that a model is trained on, which evaluation does not have. */
@Section("Changes of training images")
final class TrainingImageOptions {

    @Option(
            names = "--augmentation",
            paramLabel = "none|flip|light|strong",
            converter = AugmentationName.class,
            description = "How training images are changed at random: flip mirrors every second one, light also crops"
                    + " them, strong also changes colours and shape and covers parts (default: light; flip for"
                    + " drawings).")
    private Optional<Augmentation> augmentation = Optional.empty();

    @Option(
            names = "--weighted-sampling",
            split = ",",
            paramLabel = "HEAD",
            description = "Draws training images so that the categories of this head come equally often (default: each"
                    + " image once in an epoch).")
    private List<String> weightedSampling = List.of();

    @Option(
            names = "--photo-cache",
            paramLabel = "DIR",
            description = "Keeps large training photos in this folder in a smaller size, so that later epochs decode"
                    + " faster (default: off).")
    private Optional<Path> photoCache = Optional.empty();

    @Option(
            names = "--photo-cache-side",
            paramLabel = "PIXELS",
            description = "The shorter side of a photo in --photo-cache, about 1.5 times --image-size (default:"
                    + " ${DEFAULT-VALUE}).")
    private int photoCacheSide = 336;

    /** The name of the augmentation that is used where none was given. */
    static List<String> named(Augmentation usual) {
        return Augmentation.names().stream()
                .filter(name -> Augmentation.byName(name).equals(usual))
                .toList();
    }

    StanfordCarsBuilder cars(StanfordCarsBuilder builder, Augmentation usual) {
        builder.optAugmentation(augmentation.orElse(usual));
        weights().ifPresent(builder::optWeightedSampling);
        photoCache.ifPresent(folder -> builder.optCache(folder, photoCacheSide));
        return builder;
    }

    ImageDatasetBuilder images(ImageDatasetBuilder builder, Augmentation usual) {
        builder.optAugmentation(augmentation.orElse(usual));
        weights().ifPresent(builder::optWeightedSampling);
        photoCache.ifPresent(folder -> builder.optCache(folder, photoCacheSide));
        return builder;
    }

    void requireHeads(List<String> heads) {
        for (String head : weightedSampling) {
            if (!heads.contains(head)) {
                throw new InvalidInputException(
                        "--weighted-sampling: no head '" + head + "'; " + NearMatches.thereAre(head, heads));
            }
        }
    }

    private Optional<SamplingWeights> weights() {
        return weightedSampling.isEmpty()
                ? Optional.empty()
                : Optional.of(SamplingWeights.balanced(weightedSampling.toArray(String[]::new)));
    }
}
