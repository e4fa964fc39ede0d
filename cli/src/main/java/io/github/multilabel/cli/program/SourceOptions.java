package io.github.multilabel.cli.program;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say where labelled images come from: a table, folders, or a data set that is known by name. */
@Section("Images and labels")
public final class SourceOptions {

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--dataset",
            paramLabel = "stanford-cars",
            description = "In place of a table, a data set that is known by its name.")
    private Optional<DatasetName> dataset = Optional.empty();

    @Mixin
    private final CarOptions cars = new CarOptions();

    @Mixin
    private final TableOptions table = new TableOptions();

    /**
     * Whether the images are of Stanford Cars, and not of a table or of folders.
     *
     * @throws InvalidInputException if none or several are given, or options of another
     */
    public boolean isCars() {
        long given = spec.commandLine().getParseResult().matchedOptions().stream()
                .filter(option -> option.longestName().matches("--(csv|folders|coco|label-studio|dataset)"))
                .count();
        if (given != 1) {
            throw new InvalidInputException(
                    given == 0
                            ? "nothing says where the images are: give --csv FILE (a table), --folders DIR (a folder"
                                    + " for each category), --coco FILE or --label-studio FILE (what these export) or"
                                    + " --dataset stanford-cars"
                            : "--csv, --folders, --coco, --label-studio and --dataset each say where the images are: give one of them");
        }
        if (dataset.isPresent()) {
            for (Class<?> options : List.of(TableOptions.class, FolderOptions.class, TableFileOptions.class)) {
                refuse(options, "is for tables, and --dataset " + dataset.get() + " is none");
            }
            refuse(SplitOptions.class, "is for tables; --dataset " + dataset.get() + " comes with its split");
        } else {
            refuse(CarOptions.class, "is for --dataset stanford-cars");
        }
        return dataset.isPresent();
    }

    private void refuse(Class<?> options, String why) {
        spec.commandLine().getParseResult().matchedOptions().stream()
                .filter(option -> option.userObject() instanceof Field field && field.getDeclaringClass() == options)
                .filter(option -> !option.longestName().equals("--head"))
                .findFirst()
                .ifPresent(option -> {
                    throw new InvalidInputException(option.longestName() + " " + why);
                });
    }

    /** Where Stanford Cars is. */
    public CarOptions cars() {
        return cars;
    }

    /** Where the table is. */
    public TableOptions table() {
        return table;
    }
}
