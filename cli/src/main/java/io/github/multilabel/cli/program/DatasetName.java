package io.github.multilabel.cli.program;

/** The data sets that the command knows by name. */
public enum DatasetName {
    /** Stanford Cars. */
    STANFORD_CARS;

    @Override
    public String toString() {
        return "stanford-cars";
    }
}
