package io.github.multilabel.cli.command;

import ai.djl.MalformedModelException;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.cli.prediction.EmbeddedImages;
import io.github.multilabel.cli.prediction.PredictedImages;
import io.github.multilabel.cli.prediction.SimilarImages;
import io.github.multilabel.cli.program.InferenceOptions;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.ModelOption;
import io.github.multilabel.cli.program.StandardOutput;
import io.github.multilabel.cli.program.TerminalProgress;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.model.ImageEmbedder;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.embedding.Embedding;
import io.github.multilabel.model.embedding.EmbeddingFailure;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds images that are alike. */
@Command(
        name = "similar",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Finds images that are alike, by the features that a saved model sees in them.",
            "It prints a line of JSON for each image with those that are most like it, the most similar first: 1 is the"
                    + " cosine of the same image, and what a copy, another crop or another size is has 0.95 or more.",
            "Without --among, each image is compared with the others that are named: duplicates of a folder. With the"
                    + " training images in --among and the validation images named, it shows what both have in common."
        },
        footer = {
            "  multilabel similar --model runs/cars/model car.jpg --among photos",
            "  multilabel similar --model runs/cars/model photos --above 0.97"
        })
public final class SimilarCommand implements Callable<Integer> {

    @Mixin
    private final ModelOption model = new ModelOption();

    @Option(
            names = "--among",
            paramLabel = "IMAGE|DIR|TABLE",
            description = "The images to look through (default: those that are named).")
    private List<String> among = List.of();

    @Option(
            names = "--top-k",
            paramLabel = "N",
            description = "At most so many similar images for each (default: ${DEFAULT-VALUE}).")
    private int most = 5;

    @Option(
            names = "--above",
            paramLabel = "COSINE",
            description =
                    "Only images with at least this cosine, -1 to 1; images without any are left out (default: all).")
    private Optional<Double> above = Optional.empty();

    @Mixin
    private final InferenceOptions inference = new InferenceOptions();

    @Override
    public Integer call() throws IOException, MalformedModelException {
        InvalidInputException.require(most >= 1, "--top-k " + most + ": at least 1");
        above.ifPresent(least -> InvalidInputException.require(
                least >= -1 && least <= 1, "--above " + least + ": a cosine, from -1 to 1"));
        PredictedImages found = new PredictedImages(inference.images().tables());
        List<ImageSource> asked = found.of(inference.images().names());
        List<SimilarImages.Item> queries = new ArrayList<>();
        List<SimilarImages.Item> others = new ArrayList<>();
        List<EmbeddingFailure> failures = new ArrayList<>();
        try (MultiLabelModel loaded = model.load();
                ImageEmbedder embedder = ImageEmbedder.builder(loaded)
                        .optPrecision(inference.precision())
                        .optDecoder(inference.images().decoder())
                        .build()) {
            failures.addAll(embed(embedder, asked, queries));
            failures.addAll(among.isEmpty() ? List.of() : embed(embedder, found.of(among), others));
        }
        SimilarImages similar = new SimilarImages(among.isEmpty() ? queries : others);
        boolean isFound = false;
        try (Writer text = StandardOutput.writer()) {
            for (SimilarImages.Item image : queries) {
                List<SimilarImages.Match> matches = similar.of(image, most, above.orElse(-1.0));
                isFound |= !matches.isEmpty();
                if (above.isEmpty() || !matches.isEmpty()) {
                    text.append(json(image.embedding(), matches)).append('\n');
                }
            }
        }
        if (!isFound && failures.isEmpty()) {
            System.err.println(nothing(queries.size(), others.size()));
        }
        if (failures.isEmpty()) {
            return 0;
        }
        failures.forEach(failure -> System.err.println(failure));
        PredictedImages.hint(Stream.concat(inference.images().names().stream(), among.stream())
                        .toList())
                .ifPresent(System.err::println);
        return 1;
    }

    /** Why there is no result, and what to type for one. */
    private String nothing(int asked, int others) {
        if (among.isEmpty() && asked == 1) {
            return "there is one image, and none to compare it with: --among names those to look through";
        }
        String compared = among.isEmpty()
                ? "no two of " + asked + " images are alike"
                : "no image of the " + others + " in --among is like one of the " + asked + " that are named";
        return compared
                + above.map(least -> ", with a cosine of at least " + least + "; lower --above")
                        .orElse("");
    }

    private static List<EmbeddingFailure> embed(
            ImageEmbedder embedder, List<ImageSource> images, List<SimilarImages.Item> into) throws IOException {
        EmbeddedImages embedded = new EmbeddedImages(images, TerminalProgress.besides(false));
        Iterator<ImageSource> next = images.iterator();
        embedded.embed(embedder, result -> {
            ImageSource image = next.next();
            if (result instanceof Embedding embedding) {
                into.add(SimilarImages.Item.of(image, embedding));
            }
        });
        return embedded.failures();
    }

    private static String json(Embedding image, List<SimilarImages.Match> matches) {
        JsonArray similar = new JsonArray();
        for (SimilarImages.Match match : matches) {
            JsonObject one = new JsonObject();
            one.addProperty("image", match.image().source());
            one.addProperty("cosine", Math.round(match.cosine() * 1e6) / 1e6);
            similar.add(one);
        }
        JsonObject line = new JsonObject();
        line.addProperty("image", image.source());
        line.add("similar", similar);
        return line.toString();
    }
}
