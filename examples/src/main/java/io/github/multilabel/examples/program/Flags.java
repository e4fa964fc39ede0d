package io.github.multilabel.examples.program;

import io.github.multilabel.core.InvalidOptionsException;
import io.github.multilabel.core.InvalidOptionsException.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The library's messages name its methods; who sits at a command line needs the flags of the programs. */
public final class Flags {

    /** The flag of each option of a builder that a program has. */
    static final Map<String, String> OF_OPTION = Map.ofEntries(
            Map.entry("optGradientAccumulation", "--gradient-accumulation"),
            Map.entry("auxiliary", "--auxiliary-head"),
            Map.entry("optEmaDecay", "--ema-decay"),
            Map.entry("optBackboneLearningRateFactor", "--backbone-learning-rate-factor"),
            Map.entry("optBadImages", "--on-bad-image"),
            Map.entry("optMonitor", "--monitor"),
            Map.entry("everySteps", "--checkpoint-every"),
            Map.entry("optDropout", "--dropout"),
            Map.entry("dropout", "--dropout"),
            Map.entry("optEarlyStopping", "--early-stopping"),
            Map.entry("optEpochs", "--epochs"),
            Map.entry("optFreezeEpochs", "--freeze-epochs"),
            Map.entry("optGroupColumn", "--group-column"),
            Map.entry("lossWeight", "--loss-weight"),
            Map.entry("hiddenUnits", "--hidden-units"),
            Map.entry("optImageSize", "--image-size"),
            Map.entry("optProgressiveResizing", "--progressive-resizing"),
            Map.entry("optLabelSmoothing", "--label-smoothing"),
            Map.entry("optLearningRate", "--learning-rate"),
            Map.entry("optLimit", "--limit"),
            Map.entry("optMissingValues", "--na-values"),
            Map.entry("overwrite", "--overwrite"),
            Map.entry("optPrecision", "--precision"),
            Map.entry("resume", "--resume"),
            Map.entry("optSeed", "--seed"),
            Map.entry("optSplitColumn", "--split-column"),
            Map.entry("optLayerDecay", "--layer-decay"),
            Map.entry("optUsualMissingValues", "--usual-na-values"),
            Map.entry("optValidation", "--validation"),
            Map.entry("setSampling", "--batch-size"));

    /** An option in a sentence, and the value that it is to be given, where that is one. */
    private static final Pattern OPTION = Pattern.compile("\\b((?:opt|set)[A-Z]\\w*)(?:\\(\"?([^()\"]*)\"?\\))?");

    private static final Pattern WITHOUT_FLAG = Pattern.compile("\\bopt[A-Z]\\w*");

    /** Calls in sentences for which a program has a flag of another form. */
    private static final Map<String, String> OF_CALL = new LinkedHashMap<>();

    static {
        OF_CALL.put("(CsvFile\\.)?withCharset\\(Charset\\.forName\\(\"(.*?)\"\\)\\)", "--charset $2");
        OF_CALL.put("(CsvFile\\.)?withCharset\\(StandardCharsets\\.UTF_16(LE|BE)\\)", "--charset UTF-16$2");
        OF_CALL.put("(CsvFile\\.)?withDelimiter\\('(.)'\\)", "--delimiter '$2'");
        OF_CALL.put("withImageColumn\\(\\.\\.\\.\\)", "--image-column");
        OF_CALL.put("withExtension\\(\"(.*?)\"\\)", "--extension $1");
        OF_CALL.put("withDownloads\\(DIR\\)", "--downloads DIR");
        OF_CALL.put("withPathsOutside\\(\\)", "--paths-outside");
        OF_CALL.put("withMinFrequency\\((\\d+)\\)", "--min-frequency $1");
        OF_CALL.put("CheckpointOptions\\.(resume|overwrite)\\(\\)", "--$1");
        OF_CALL.put("EmptyTags\\.NONE", "--empty-tags none");
        OF_CALL.put("Precision\\.FLOAT32", "--precision float32");
        OF_CALL.put("addTags\\(\"(.*?)\", \"(.*?)\"\\)", "--head '$1:multi=$2'");
        OF_CALL.put("optMissingValues\\(\"([^\"]*)\"\\)", "--na-values '$1'");
        OF_CALL.put("optMissingValues\\(.*?\"\\)", "--na-values");
    }

    private Flags() {}

    /** What is wrong with options, such as {@code --batch-size 0: at least 1}. */
    static String of(InvalidOptionsException failure) {
        return failure.problems().stream()
                .map(Flags::of)
                .collect(Collectors.joining("\n- ", "these options cannot be used:\n- ", ""));
    }

    private static String of(Problem problem) {
        String flag = OF_OPTION.get(problem.option());
        if (flag == null || problem.value().isEmpty()) {
            return of(problem.toString());
        }
        String value = problem.value().get();
        return flag + (value.isEmpty() ? "" : " " + written(value)) + ": " + of(problem.wanted());
    }

    /** A value of one head as the flags have it; without whether to shuffle, which no flag says. */
    private static String written(String value) {
        return value.replaceAll("^\"(.*)\", (.*)$", "$1=$2").replaceAll(", (true|false)$", "");
    }

    /** A sentence of the library with the flags in place of its methods. */
    public static String of(String message) {
        String words = message;
        for (Map.Entry<String, String> call : OF_CALL.entrySet()) {
            words = words.replaceAll(call.getKey(), call.getValue());
        }
        words = OPTION.matcher(words).replaceAll(option -> Matcher.quoteReplacement(flag(option)));
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
        String value = option.group(2) == null ? "" : option.group(2);
        boolean said = value.isEmpty() || value.equals("true") || value.equals("...");
        return flag + (said ? "" : " " + value.replace("BadImages.SKIP", "skip"));
    }
}
