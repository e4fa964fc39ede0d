package io.github.multilabel.cli.prediction;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.model.embedding.Embedding;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Finds images that are alike by comparing each with each: the cosine of their embeddings. */
public final class SimilarImages {

    private final List<Item> among;

    /**
     * Takes those that are looked through.
     *
     * @param among of one model
     */
    public SimilarImages(List<Item> among) {
        this.among = among;
    }

    /**
     * An image that was embedded.
     *
     * @param embedding of length 1
     * @param file by which it is known to be the same, whatever it is called
     */
    public record Item(Embedding embedding, String file) {

        /** Takes what an image is. */
        public static Item of(ImageSource image, Embedding embedding) {
            return new Item(embedding.normalised(), file(image));
        }

        private static String file(ImageSource image) {
            String name = image instanceof NamedImage named ? named.image().name() : image.name();
            try {
                return Path.of(name).toRealPath().toString();
            } catch (IOException | InvalidPathException e) {
                return name; // no file, as an image within a table
            }
        }
    }

    /**
     * An image and how similar it is.
     *
     * @param cosine -1 to 1, 1 for the same
     */
    public record Match(Embedding image, double cosine) {}

    /**
     * The most similar images, the most similar first.
     *
     * @param image itself not among the results, if it is one of those that are looked through
     * @param most how many
     * @param least the cosine that they have at least
     */
    public List<Match> of(Item image, int most, double least) {
        return IntStream.range(0, among.size())
                .parallel()
                .mapToObj(among::get)
                .filter(other -> !other.file().equals(image.file()))
                .map(other -> new Match(other.embedding(), image.embedding().cosine(other.embedding())))
                .filter(match -> match.cosine() >= least)
                .sorted(Comparator.comparingDouble(Match::cosine).reversed())
                .limit(most)
                .toList();
    }
}
