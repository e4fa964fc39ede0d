package io.github.multilabel.cli.prediction;

import io.github.multilabel.model.embedding.Embedding;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Finds images that are alike by comparing each with each: the cosine of their embeddings. */
public final class SimilarImages {

    private final List<Embedding> among;

    /**
     * Takes those that are looked through.
     *
     * @param among of one model
     */
    public SimilarImages(List<Embedding> among) {
        this.among = among.stream().map(Embedding::normalised).toList();
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
    public List<Match> of(Embedding image, int most, double least) {
        Embedding normalised = image.normalised();
        return IntStream.range(0, among.size())
                .parallel()
                .filter(i -> !among.get(i).source().equals(image.source()))
                .mapToObj(i -> new Match(among.get(i), normalised.cosine(among.get(i))))
                .filter(match -> match.cosine() >= least)
                .sorted(Comparator.comparingDouble(Match::cosine).reversed())
                .limit(most)
                .toList();
    }
}
