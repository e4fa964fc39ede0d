package io.github.multilabel.cli.program;

import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.core.InvalidOptionsException.Problem;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The library's messages name its methods; at a command line the flags of the programs take their place. */
public final class Flags {

    /** The flag of each option of the library that a program has. */
    static final Map<String, String> OF_OPTION = Map.ofEntries(
            Map.entry("addHead", "--head"),
            Map.entry("addHeadOptions", "--loss"),
            Map.entry("addTags", "--head"),
            Map.entry("auxiliary", "--auxiliary-head"),
            Map.entry("classWeights", "--class-weights"),
            Map.entry("dropout", "--dropout"),
            Map.entry("everySteps", "--checkpoint-every"),
            Map.entry("hiddenUnits", "--hidden-units"),
            Map.entry("labelSmoothing", "--label-smoothing"),
            Map.entry("loss", "--loss"),
            Map.entry("lossWeight", "--loss-weight"),
            Map.entry("minDelta", "--min-delta"),
            Map.entry("optAnswerPrecision", "--unknown"),
            Map.entry("optBodyLimit", "--body-limit"),
            Map.entry("optEngine", "--engine"),
            Map.entry("optHost", "--host"),
            Map.entry("optIdleTimeout", "--idle-timeout"),
            Map.entry("optLongestWait", "--longest-wait"),
            Map.entry("optMostConnections", "--most-connections"),
            Map.entry("optMostImages", "--most-images"),
            Map.entry("optPixelLimit", "--pixel-limit"),
            Map.entry("optPort", "--port"),
            Map.entry("optQueueSize", "--queue-size"),
            Map.entry("optReload", "--reload"),
            Map.entry("optStopTimeout", "--stop-timeout"),
            Map.entry("optTimeout", "--timeout"),
            Map.entry("optUnusualRate", "--unusual-rate"),
            Map.entry("optAspectRatio", "--aspect-ratio"),
            Map.entry("optAugmentation", "--augmentation"),
            Map.entry("optBackboneLearningRateFactor", "--backbone-learning-rate-factor"),
            Map.entry("optBadImages", "--on-bad-image"),
            Map.entry("optBatchMix", "--mixup"),
            Map.entry("optBatchSize", "--batch-size"),
            Map.entry("optBoxCrop", "--box-crop"),
            Map.entry("optCache", "--photo-cache"),
            Map.entry("optCalibration", "--no-calibration"),
            Map.entry("optCheckpoints", "--output"),
            Map.entry("optCombinations", "--forbid"),
            Map.entry("optCorrections", "--corrections"),
            Map.entry("optCropMode", "--crop-mode"),
            Map.entry("optDevice", "--device"),
            Map.entry("optDropout", "--dropout"),
            Map.entry("optEarlyStopping", "--early-stopping"),
            Map.entry("optEmaDecay", "--ema-decay"),
            Map.entry("optEpochs", "--epochs"),
            Map.entry("optFineTuning", "--fine-tune"),
            Map.entry("optFolds", "--folds"),
            Map.entry("optFreezeEpochs", "--freeze-epochs"),
            Map.entry("optGradientAccumulation", "--gradient-accumulation"),
            Map.entry("optGradientClipNorm", "--gradient-clip-norm"),
            Map.entry("optGroupColumn", "--group-column"),
            Map.entry("optHeads", "--head"),
            Map.entry("optHashedSplit", "--split"),
            Map.entry("optImageSize", "--image-size"),
            Map.entry("optInt8", "--calibration"),
            Map.entry("optLabelSmoothing", "--label-smoothing"),
            Map.entry("optLayerDecay", "--layer-decay"),
            Map.entry("optLearningRate", "--learning-rate"),
            Map.entry("optLimit", "--limit"),
            Map.entry("optLossBalancing", "--loss-balancing"),
            Map.entry("optMissingValues", "--na-values"),
            Map.entry("optMonitor", "--monitor"),
            Map.entry("optOptimizer", "--optimizer"),
            Map.entry("optParents", "--parent"),
            Map.entry("optParentSearch", "--parent"),
            Map.entry("optPrecision", "--precision"),
            Map.entry("optProgressiveResizing", "--progressive-resizing"),
            Map.entry("optRoot", "--data"),
            Map.entry("optSchedule", "--schedule"),
            Map.entry("optSeed", "--seed"),
            Map.entry("optSimilarTogether", "--keep-similar-together"),
            Map.entry("optSplit", "--split"),
            Map.entry("optSplitColumn", "--split-column"),
            Map.entry("optSplitFile", "--split-file"),
            Map.entry("optSurePrecision", "--sure"),
            Map.entry("optTagThresholds", "--tag-thresholds"),
            Map.entry("optTestTimeFlip", "--tta"),
            Map.entry("optTimeLimit", "--time-limit"),
            Map.entry("optUsualMissingValues", "--usual-na-values"),
            Map.entry("optValidation", "--validation"),
            Map.entry("optWeightedSampling", "--weighted-sampling"),
            Map.entry("overwrite", "--overwrite"),
            Map.entry("resume", "--resume"),
            Map.entry("setBackbone", "--backbone"),
            Map.entry("setModel", "--from"),
            Map.entry("setHeads", "--head"),
            Map.entry("withCharset", "--charset"),
            Map.entry("withDelimiter", "--delimiter"),
            Map.entry("withDownloads", "--downloads"),
            Map.entry("withEmptyTags", "--empty-tags"),
            Map.entry("withExtension", "--extension"),
            Map.entry("withImageColumn", "--image-column"),
            Map.entry("withImages", "--images"),
            Map.entry("withMinFrequency", "--min-frequency"),
            Map.entry("withPathsOutside", "--paths-outside"),
            Map.entry("withPixelLimit", "--pixel-limit"),
            Map.entry("tagPerRow", "--head"),
            Map.entry("withBase64Images", "--base64-images"),
            Map.entry("withoutPrefix", "--strip-prefix"),
            Map.entry("withoutHeader", "--no-header"));

    /** The flag that takes each constant of an enum. */
    private static final Map<String, String> OF_CONSTANT =
            Map.of("BadImages", "--on-bad-image", "EmptyTags", "--empty-tags", "Precision", "--precision");

    /**
     * An option in a sentence, and what it is to be given; of other names only with their class, or any word would be.
     */
    private static final Pattern OPTION =
            Pattern.compile("\\b(?:[A-Z]\\w*\\.(?=[a-z])|(?=(?:opt|set|add|with)[A-Z]|minDelta\\b))(\\w+)"
                    + "(?:\\(((?:\"[^\"]*\"|'[^']*'|\\([^()]*\\)|[^()\"'])*)\\))?");

    private static final Pattern CONSTANT =
            Pattern.compile("\\b(" + String.join("|", OF_CONSTANT.keySet()) + ")\\.([A-Z][A-Z0-9_]*)");

    private static final Pattern WITHOUT_FLAG = Pattern.compile("\\bopt[A-Z]\\w*");

    private static final Pattern WITHOUT_FRACTION = Pattern.compile("(?<![\\w.])(-?\\d+)\\.0(?![\\w.])");

    /** What needs no quotes in a shell. */
    private static final Pattern PLAIN = Pattern.compile("[\\w.,:=/+-]+");

    /** What only code can do, and what is done in its place at a command line. */
    private static final Map<Pattern, String> ADVICE = Map.ofEntries(
            advice(",? or read it yourself with ImageTable\\.rows(?: and a row mapper)?", ""),
            advice("read it with ImageTable\\.query and a row mapper", "export the table as CSV"),
            advice("addHead\\(HeadColumn\\.multiLabel\\(\".*?\", \".*?\"\\)\\.(withEmptyTags\\([\\w.]+\\))\\)", "$1"),
            advice("; give one another name with HeadColumn\\.named", "; name each column once"),
            advice("; give each its own name", "; name each column once in --head"),
            advice("HeadColumn\\.tags\\(\"(.*?)\"\\)", "--head '$1:multi'"),
            advice("draw one with optTest\\(0\\.1\\), or name it in the split column", "name it in --split-column"),
            advice("\\bpretrained\\(Path\\)", "--weights FILE"),
            advice("\\bpretrained\\(\\)", "--weights"),
            advice("\\bDevice\\.cpu\\(\\)", "--device cpu"),
            advice("; see HeadSet\\.withParent", "; name them in --parent"),
            advice("\\boptCombinations\\(\\)", "--combinations"),
            advice("ImageTable\\.folders\\b", "--folders"),
            advice("TableFile\\.coco\\b", "--coco"),
            advice("TableFile\\.labelStudio\\b", "--label-studio"),
            advice(
                    "the folder that MultiLabelModel\\.save wrote",
                    "a folder that train saved, such as runs/table/model"),
            advice(" with trainer\\.model\\(\\)\\.save\\(folder\\)", ""),
            // a program keeps the split itself
            advice("; if the table was split again[^\n]* table\\.split\\(file\\)", ""));

    private static Map.Entry<Pattern, String> advice(String ofCode, String ofPrograms) {
        return Map.entry(Pattern.compile(ofCode), ofPrograms);
    }

    private Flags() {}

    /** All that is wrong with options, such as {@code --batch-size 0: at least 1}. */
    static String of(InvalidOptionsException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure.problems().stream().anyMatch(problem -> problem.wanted().equals(message))) {
            return of(message); // about what the options lead to
        }
        return failure.problems().stream()
                .map(Flags::of)
                .collect(Collectors.joining("\n- ", "these options cannot be used:\n- ", ""));
    }

    private static String of(Problem problem) {
        String flag = OF_OPTION.get(problem.option());
        if (flag == null || problem.value().isEmpty()) {
            return of(problem.toString());
        }
        return flag + value(problem.option(), problem.value().get()) + ": " + of(problem.wanted());
    }

    /** A sentence of the library with flags in place of its methods. */
    public static String of(String message) {
        String words = message;
        for (Map.Entry<Pattern, String> advice : ADVICE.entrySet()) {
            words = advice.getKey().matcher(words).replaceAll(advice.getValue());
        }
        words = OPTION.matcher(words).replaceAll(option -> Matcher.quoteReplacement(flag(option)));
        words = CONSTANT.matcher(words)
                .replaceAll(constant -> OF_CONSTANT.get(constant.group(1)) + " " + word(constant.group(2)));
        TreeSet<String> others = new TreeSet<>();
        WITHOUT_FLAG.matcher(words).results().forEach(option -> others.add(option.group()));
        return others.isEmpty()
                ? words
                : words + "\n(" + String.join(", ", others)
                        + (others.size() == 1 ? ": an option" : ": options")
                        + " of the library's builders, for which this program has no flag)";
    }

    private static String flag(MatchResult option) {
        String flag = OF_OPTION.get(option.group(1));
        if (flag == null) {
            return option.group();
        }
        return flag + (option.group(2) == null ? "" : value(option.group(1), option.group(2)));
    }

    /** The arguments of a method as its flag takes them: {@code "brand", -1} is {@code brand=-1}. */
    private static String value(String option, String arguments) {
        if (option.equals("optCache")) {
            return " " + arguments.replaceFirst(", (?=-?\\d+$)", " --photo-cache-side ");
        }
        String value = arguments
                .replaceAll("\\w+\\.forName\\((.*)\\)", "$1")
                .replaceAll("\\w+\\.(\\w+)\\(\\)", "$1") // Augmentation.none()
                .replaceAll("\\bgpu\\((\\d+)\\)", "gpu$1")
                .replaceAll("[\"']", "");
        value = asTyped(value);
        value = option.equals("addTags")
                ? value.replaceFirst(", ", ":multi=")
                : option.equals("tagPerRow")
                        ? value + ":rows"
                        : option.equals("optParents")
                                ? value.replaceFirst(", ", "=").replace(", ", ",")
                                : arguments.matches("\"[^\"]*\", [^\"].*")
                                        ? value.replaceFirst(", ", "=").replaceFirst("=([.]{3}|true)$", "")
                                        : value.replace(", ", ",");
        Matcher constant = Pattern.compile("\\w+\\.([A-Z][A-Z0-9_]*)").matcher(value);
        value = constant.matches() ? word(constant.group(1)) : value;
        if (value.isEmpty() || value.equals("true") || value.equals("...")) {
            return "";
        }
        return " " + (PLAIN.matcher(value).matches() ? value : "'" + value + "'");
    }

    /** A number that was typed without a fraction is shown without one. */
    static String asTyped(String value) {
        return WITHOUT_FRACTION.matcher(value).replaceAll("$1");
    }

    /** {@code UTF_16LE} as users write it. */
    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
