package io.github.multilabel.examples;

import java.util.LinkedHashMap;
import java.util.Map;

/** The library's messages name its methods; who sits at a command line needs the options. */
final class OptionWords {

    private static final Map<String, String> OPTIONS = new LinkedHashMap<>();

    static {
        OPTIONS.put("(CsvFile\\.)?withCharset\\(Charset\\.forName\\(\"(.*?)\"\\)\\)", "--charset $2");
        OPTIONS.put("(CsvFile\\.)?withCharset\\(StandardCharsets\\.UTF_16LE\\)", "--charset UTF-16LE");
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
        OPTIONS.put("optCheckpointEvery", "--checkpoint-every");
        OPTIONS.put("optEarlyStopping", "--early-stopping");
        OPTIONS.put("optBestBy", "--best-by");
        OPTIONS.put("optDropout", "--dropout");
        OPTIONS.put("optHidden", "--head-hidden");
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
