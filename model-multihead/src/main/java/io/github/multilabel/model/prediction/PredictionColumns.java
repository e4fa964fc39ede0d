package io.github.multilabel.model.prediction;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.files.TagCell;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Predictions as the columns of a table: {@code source}, the name of the image; for each head {@code HEAD.label} where
 * labels are known, {@code HEAD.prediction} and {@code HEAD.probability}; of heads that may answer "unknown"
 * {@code HEAD.unknown} ({@link HeadPrediction#unknown}); where predictions tell of which heads they are sure,
 * {@code sure}, the names of these heads as {@link Prediction#sure} has them, and of the first, the most specific,
 * {@code sure.category} and {@code sure.probability}; where heads are answered together, {@code combination.HEAD},
 * {@code combination.probability} and {@code unusual} ({@link Combination}); where predictions tell of unusual images,
 * {@code image.unusual} and {@code image.distance} ({@link Distance}); and {@code problem}, what is wrong with an image
 * that could not be used. Where a head's name makes two alike, the later has a {@code '} behind it. The tags of a
 * multi-label head, and the names of sure heads, stand in one cell with a separator between them, by default {@code |};
 * a cell with nothing but the separator says that an image has no tags, or that nothing is sure, an empty one that its
 * label is missing, or that nothing is known. Immutable.
 *
 * @param heads those of the model
 * @param labelled whether there are columns of labels
 * @param ranks how many categories of a single-label head stand side by side, the most probable first, at least 1; the
 *     second is {@code HEAD.prediction.2}
 * @param allProbabilities whether each head also has {@code HEAD.p.CATEGORY} for each category
 * @param sure whether there are columns of what the predictions are sure of
 * @param together the names of the heads that are answered together; none if the model does not know what goes together
 * @param unknown the names of the heads that may answer "unknown"
 * @param distance whether there are columns of how far the image is from usual ones
 */
public record PredictionColumns(
        HeadSet heads,
        boolean labelled,
        int ranks,
        boolean allProbabilities,
        boolean sure,
        List<String> together,
        List<String> unknown,
        boolean distance) {

    /** Of the distance. */
    private static final List<String> DISTANCE = List.of("image.unusual", "image.distance");

    /** Of sure answers. */
    private static final List<String> SURE = List.of("sure", "sure.category", "sure.probability");

    /** Of a model whose heads answer by themselves, and always. */
    public PredictionColumns(HeadSet heads, boolean labelled, int ranks, boolean allProbabilities) {
        this(heads, labelled, ranks, allProbabilities, false, List.of(), List.of(), false);
    }

    /** @throws IllegalArgumentException if there are no ranks */
    public PredictionColumns {
        together = List.copyOf(together);
        unknown = List.copyOf(unknown);
        if (ranks < 1) {
            throw new IllegalArgumentException("ranks " + ranks + ": at least 1");
        }
    }

    /** The names of the columns. */
    public List<String> header() {
        List<String> names = new ArrayList<>(List.of("source"));
        for (Head head : heads) {
            if (labelled) {
                names.add(head.name() + ".label");
            }
            for (int rank = 1; rank <= ranks(head); rank++) {
                String ending = rank == 1 ? "" : "." + rank;
                names.add(head.name() + ".prediction" + ending);
                names.add(head.name() + ".probability" + ending);
            }
            if (unknown.contains(head.name())) {
                names.add(head.name() + ".unknown");
            }
            if (allProbabilities) {
                head.categories().forEach(category -> names.add(head.name() + ".p." + category));
            }
        }
        if (sure) {
            names.addAll(SURE);
        }
        if (!together.isEmpty()) {
            together.forEach(head -> names.add("combination." + head));
            names.add("combination.probability");
            names.add("unusual");
        }
        if (distance) {
            names.addAll(DISTANCE);
        }
        names.add("problem");
        Set<String> seen = new HashSet<>();
        names.replaceAll(name -> another(name, seen));
        return names;
    }

    /** A head may be named {@code probability}, and no two columns alike: readers would lose one. */
    private static String another(String name, Set<String> seen) {
        String free = name;
        while (!seen.add(free)) {
            free += "'";
        }
        return free;
    }

    private int ranks(Head head) {
        return head.kind() == Head.Kind.MULTI_LABEL ? 1 : Math.min(ranks, head.size());
    }

    /** The cells of an image whose labels are not known. */
    public List<String> cells(PredictionResult result) {
        return cells(result, Map.of());
    }

    /**
     * The cells of an image.
     *
     * @param labels the categories that the image has, by the name of the head; heads whose label is missing are left
     *     out
     */
    public List<String> cells(PredictionResult result, Map<String, ? extends Collection<String>> labels) {
        return result.when(
                prediction -> cells(prediction, labels), failure -> cells(failure.source(), labels, failure.reason()));
    }

    private List<String> cells(Prediction prediction, Map<String, ? extends Collection<String>> labels) {
        List<String> cells = new ArrayList<>(List.of(prediction.source()));
        for (HeadPrediction predicted : prediction.heads()) {
            Head head = predicted.head();
            addLabel(head, labels, cells);
            if (head.kind() == Head.Kind.MULTI_LABEL) {
                List<CategoryProbability> tags = predicted.predicted();
                cells.add(TagCell.of(
                        head.categories(),
                        tags.stream().map(CategoryProbability::category).toList()));
                cells.add(tags.stream()
                        .map(tag -> number(tag.probability()))
                        .collect(Collectors.joining(TagCell.separator(head.categories()))));
            } else {
                for (CategoryProbability one : predicted.top(ranks(head))) {
                    cells.add(one.category());
                    cells.add(number(one.probability()));
                }
            }
            if (unknown.contains(head.name())) {
                cells.add(Boolean.toString(predicted.unknown()));
            }
            if (allProbabilities) {
                head.categories().forEach(category -> cells.add(number(predicted.probability(category))));
            }
        }
        if (sure) {
            cells.addAll(prediction.sure().map(this::sure).orElseGet(() -> empty(SURE.size())));
        }
        if (!together.isEmpty()) {
            cells.addAll(prediction.combination().map(this::cells).orElseGet(this::noCombination));
        }
        if (distance) {
            cells.addAll(prediction
                    .distance()
                    .map(each -> List.of(Boolean.toString(each.isUnusual()), number(each.value())))
                    .orElseGet(() -> empty(DISTANCE.size())));
        }
        cells.add("");
        return cells;
    }

    private List<String> sure(List<HeadPrediction> answers) {
        String names = TagCell.of(
                heads.names(), answers.stream().map(HeadPrediction::name).toList());
        if (answers.isEmpty()) {
            return List.of(names, "", "");
        }
        CategoryProbability first = answers.get(0).best();
        return List.of(names, first.category(), number(first.probability()));
    }

    private List<String> cells(Combination combination) {
        List<String> cells = new ArrayList<>(
                together.stream().map(combination.categories()::get).toList());
        cells.add(number(combination.probability()));
        cells.add(Boolean.toString(combination.unusual()));
        return cells;
    }

    private List<String> noCombination() {
        return empty(together.size() + 2);
    }

    private static List<String> empty(int cells) {
        return Collections.nCopies(cells, "");
    }

    private List<String> cells(String source, Map<String, ? extends Collection<String>> labels, String problem) {
        List<String> cells = new ArrayList<>(List.of(source));
        for (Head head : heads) {
            addLabel(head, labels, cells);
            cells.addAll(empty(
                    2 * ranks(head) + (unknown.contains(head.name()) ? 1 : 0) + (allProbabilities ? head.size() : 0)));
        }
        if (sure) {
            cells.addAll(empty(SURE.size()));
        }
        if (!together.isEmpty()) {
            cells.addAll(noCombination());
        }
        if (distance) {
            cells.addAll(empty(DISTANCE.size()));
        }
        cells.add(problem);
        return cells;
    }

    private void addLabel(Head head, Map<String, ? extends Collection<String>> labels, List<String> cells) {
        if (labelled) {
            cells.add(Optional.ofNullable(labels.get(head.name()))
                    .map(categories -> TagCell.of(
                            head.categories(), categories.stream().sorted().toList()))
                    .orElse(""));
        }
    }

    private static String number(double probability) {
        return String.format(Locale.ROOT, "%.6f", probability);
    }
}
