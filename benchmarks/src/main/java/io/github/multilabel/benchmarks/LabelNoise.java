package io.github.multilabel.benchmarks;

import io.github.multilabel.cars.CarName;
import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.internal.files.CsvLine;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.data.table.ImageTableBuilder;
import io.github.multilabel.evaluation.labels.LabelIssue;
import io.github.multilabel.evaluation.labels.LabelIssues;
import io.github.multilabel.evaluation.predictions.PredictedHead;
import io.github.multilabel.evaluation.predictions.Predictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How many labels that were made wrong are found again. {@code draw} writes synthetic cars and a table of their labels;
 * {@code flip} gives a part of a table's labels another category at random; then {@code multilabel train --csv
 * noisy.csv --folds 5 --label-issues} trains; and {@code judge} says, for each head, which part of the doubted labels
 * was made wrong (precision), which part of the wrong ones is doubted (recall), and the average precision of the
 * ranking of all labels by self-confidence. {@code label_noise.py} says the same of cleanlab.
 */
@Command(name = "LabelNoise", mixinStandardHelpOptions = true)
public final class LabelNoise {

    private static final String NOISY = "noisy.csv";
    private static final String FLIPPED = "flipped.csv";

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LabelNoise()).execute(arguments));
    }

    /** Draws cars, and writes their labels as a table. */
    @Command(mixinStandardHelpOptions = true)
    int draw(
            @Option(names = "--images", defaultValue = "2000") int images,
            @Option(names = "--side", defaultValue = "64") int side,
            @Option(names = "--output", required = true) Path folder)
            throws IOException {
        Path cars = SyntheticCars.builder()
                .optTrain(images)
                .optTest(1)
                .optImageSize(side)
                .build()
                .writeTo(folder.resolve("cars"));
        List<String> lines = new ArrayList<>(List.of("image,brand,type,year"));
        try (StanfordCars train =
                StanfordCars.builder().optRoot(cars).optSplit(Split.TRAIN).build()) {
            for (int i = 0; i < train.size(); i++) {
                CarName name = train.carName(i).orElseThrow();
                lines.add(CsvLine.of(List.of(
                        String.format(Locale.ROOT, "%05d.jpg", i + 1),
                        name.brand(),
                        name.body(),
                        Integer.toString(name.year()))));
            }
        }
        Files.write(folder.resolve("labels.csv"), lines);
        System.out.println("labels.csv is in " + folder + ", the images are in " + cars.resolve("cars_train"));
        return 0;
    }

    /** Makes labels wrong. */
    @Command(mixinStandardHelpOptions = true)
    int flip(
            @Option(names = "--csv", required = true) Path csv,
            @Option(names = "--images", required = true) Path images,
            @Option(names = "--head", split = ",", required = true) List<String> heads,
            @Option(names = "--fraction", defaultValue = "0.05") double fraction,
            @Option(names = "--seed", defaultValue = "1") long seed,
            @Option(names = "--output", required = true) Path folder)
            throws IOException {
        ImageTableBuilder builder = ImageTable.csv(csv, images).optParentSearch(false);
        heads.forEach(builder::addHead);
        ImageTable table = builder.build();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> noisy = new ArrayList<>();
        List<String> flipped = new ArrayList<>(List.of("image,head,was"));
        List<String> header = new ArrayList<>(List.of("image"));
        header.addAll(heads);
        noisy.add(CsvLine.of(header));
        for (Sample sample : table.samples()) {
            String image = images.relativize(Path.of(sample.image().name())).toString();
            List<String> cells = new ArrayList<>(List.of(image));
            for (Head head : table.heads()) {
                int label = sample.labels().index(head.name());
                if (label >= 0 && random.nextDouble() < fraction) {
                    flipped.add(CsvLine.of(List.of(fileName(image), head.name(), head.category(label))));
                    label = (label + 1 + random.nextInt(head.size() - 1)) % head.size();
                }
                cells.add(label < 0 ? "" : head.category(label));
            }
            noisy.add(CsvLine.of(cells));
        }
        Files.createDirectories(folder);
        Files.write(folder.resolve(NOISY), noisy);
        Files.write(folder.resolve(FLIPPED), flipped);
        System.out.println(
                flipped.size() - 1 + " labels are wrong now; " + NOISY + " and " + FLIPPED + " are in " + folder);
        return 0;
    }

    /** Says how many are found. */
    @Command(mixinStandardHelpOptions = true)
    int judge(
            @Option(names = "--predictions", required = true) Path file,
            @Option(names = "--flipped", required = true) Path flipped)
            throws IOException {
        Predictions predictions = Predictions.read(file);
        Set<String> wrong = new HashSet<>();
        for (String line : Files.readAllLines(flipped)) {
            wrong.add(line.substring(0, line.lastIndexOf(',')));
        }
        long before = System.nanoTime();
        LabelIssues issues = LabelIssues.find(predictions);
        double seconds = (System.nanoTime() - before) / 1e9;
        System.out.printf(Locale.ROOT, "%,d images, %.2f s%n", predictions.size(), seconds);
        for (PredictedHead head : predictions.all()) {
            head.<Boolean>when(
                    single -> judge(
                            predictions,
                            single.head(),
                            wrong,
                            issues,
                            row -> single.isMissing(row) ? Double.NaN : single.probabilities(row)[single.label(row)]),
                    multi -> false);
        }
        return 0;
    }

    /** By which images are known in both files. */
    private static String fileName(String image) {
        return Path.of(image).getFileName().toString();
    }

    /** The probability of a label; NaN if it is missing. */
    private interface SelfConfidence {
        double of(int row);
    }

    private static boolean judge(
            Predictions predictions, Head head, Set<String> wrong, LabelIssues issues, SelfConfidence confidence) {
        Set<Integer> flipped = IntStream.range(0, predictions.size())
                .filter(row -> wrong.contains(CsvLine.of(List.of(fileName(predictions.source(row)), head.name()))))
                .boxed()
                .collect(Collectors.toSet());
        List<Integer> doubted = issues.issues().stream()
                .filter(issue -> issue.head().equals(head))
                .filter(issue -> issue.kinds().contains(LabelIssue.Kind.PROBABLY_WRONG))
                .map(LabelIssue::row)
                .toList();
        double found = doubted.stream().filter(flipped::contains).count();
        double[] scores = IntStream.range(0, predictions.size())
                .mapToDouble(confidence::of)
                .toArray();
        List<Integer> ranked = IntStream.range(0, scores.length)
                .filter(row -> !Double.isNaN(scores[row]))
                .boxed()
                .sorted(Comparator.comparingDouble(row -> scores[row]))
                .toList();
        double sum = 0;
        int before = 0;
        for (int i = 0; i < ranked.size(); i++) {
            if (flipped.contains(ranked.get(i))) {
                before++;
                sum += (double) before / (i + 1);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %d wrong, %d doubted, precision %.4f, recall %.4f, average precision %.4f%n",
                head.name(),
                flipped.size(),
                doubted.size(),
                found / doubted.size(),
                found / flipped.size(),
                sum / flipped.size());
        return true;
    }
}
