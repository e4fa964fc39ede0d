package io.github.multilabel.examples;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The library's messages name its methods; who sits at a command line needs the options. */
final class OptionWords {

    private static final Map<String, String> OPTIONS = new LinkedHashMap<>();

    /** Those that are called alike, such as {@code optLearningRate(0)} and {@code --learning-rate 0}. */
    private static final List<String> PLAIN = List.of(
            "Epochs",
            "LearningRate",
            "Limit",
            "ImageSize",
            "HeadWeight",
            "AverageWeights",
            "Accumulate",
            "StageDecay",
            "BackboneRate",
            "FreezeEpochs",
            "AuxiliaryHead",
            "LabelSmoothing",
            "GroupColumn");

    static {
        OPTIONS.put("(CsvFile\\.)?withCharset\\(Charset\\.forName\\(\"(.*?)\"\\)\\)", "--charset $2");
        OPTIONS.put("(CsvFile\\.)?withCharset\\(StandardCharsets\\.UTF_16(LE|BE)\\)", "--charset UTF-16$2");
        OPTIONS.put("(CsvFile\\.)?withDelimiter\\('(.)'\\)", "--delimiter '$2'");
        OPTIONS.put("withImageColumn\\(\\.\\.\\.\\)", "--image-column");
        OPTIONS.put("withExtension\\(\"(.*?)\"\\)", "--extension $1");
        OPTIONS.put("withDownloads\\(DIR\\)", "--downloads DIR");
        OPTIONS.put("withPathsOutside\\(\\)", "--paths-outside");
        OPTIONS.put("withOtherBelow\\((\\d+)\\)", "--other-below $1");
        OPTIONS.put("optBadImages\\(BadImages\\.SKIP\\)", "--missing-images skip");
        OPTIONS.put("optValidation\\(([\\d.]+)\\)", "--validation $1");
        OPTIONS.put("EmptyTags\\.NONE", "--empty-tags none");
        OPTIONS.put("optGroupColumn\\(\"(.*?)\"\\)", "--group-column $1");
        OPTIONS.put("optResume\\(true\\)", "--resume");
        OPTIONS.put("optOverwrite\\(true\\)", "--overwrite");
        OPTIONS.put("setSampling\\((-?\\d+), (true|false)\\)", "--batch-size $1");
        for (String option : PLAIN) {
            String words = option.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            OPTIONS.put("opt" + option + "s?\\(([^()\"]*)\\)", "-" + words + " $1");
            OPTIONS.put("\\bopt" + option + "\\b", "-" + words);
        }
        OPTIONS.put("optCheckpointEvery", "--checkpoint-every");
        OPTIONS.put("optEarlyStopping", "--early-stopping");
        OPTIONS.put("optBestBy", "--best-by");
        OPTIONS.put("optDropout", "--dropout");
        OPTIONS.put("optHidden", "--head-hidden");
        OPTIONS.put("addTags\\(\"(.*?)\", \"(.*?)\"\\)", "--head '$1:multi=$2'");
        OPTIONS.put("optUsualMissing\\(\\)", "--usual-missing");
        OPTIONS.put("optMissing\\(\"([^\"]*)\"\\)", "--missing '$1'");
        OPTIONS.put("optMissing\\(.*?\"\\)", "--missing");
        OPTIONS.put("optMissing", "--missing");
        OPTIONS.put("optSplitColumn", "--split-column");
        OPTIONS.put("optValidation", "--validation");
    }

    private OptionWords() {}

    static String of(String message) {
        String told = message;
        for (Map.Entry<String, String> option : OPTIONS.entrySet()) {
            told = told.replaceAll(option.getKey(), option.getValue());
        }
        return told;
    }
}
