package io.github.multilabel.data;

/** What happens to an image that cannot be used: it is missing, cut off, damaged or of an unknown format. */
public enum BadImages {
    /** An exception that names the file, where it was declared and the reason. */
    FAIL,
    /** It is left out, logged once and counted; see {@link ImageDataset#skipped()}. */
    SKIP
}
