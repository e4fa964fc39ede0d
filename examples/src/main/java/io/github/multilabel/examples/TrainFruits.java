package io.github.multilabel.examples;

import ai.djl.basicdataset.cv.classification.FruitsFreshAndRotten;
import ai.djl.repository.Repository;
import ai.djl.training.dataset.Dataset.Usage;
import io.github.multilabel.cli.program.Launcher;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.djl.DjlImages;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.data.table.TableRow;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.training.MultiLabelTrainer;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains on a data set of DJL, whose six classes, freshapples to rottenoranges, are the answers to two questions. */
@Command(
        name = "TrainFruits",
        mixinStandardHelpOptions = true,
        description = "Trains one model that says which fruit is on a photo, and whether it is fresh.")
public final class TrainFruits implements Callable<Integer> {

    @Option(names = "--data", paramLabel = "DIR", description = "Has train and test (default: DJL downloads them).")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--epochs", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int epochs = 10;

    @Option(names = "--output", paramLabel = "DIR", description = "For the model (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("build/fruits");

    /** Runs the program. */
    public static void main(String[] arguments) {
        Launcher.run(new TrainFruits(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        ImageTable table = ImageTable.rows(
                        Stream.concat(rows(Usage.TRAIN, "train"), rows(Usage.TEST, "test")), row -> row)
                .addHead("fruit")
                .addHead("condition")
                .optSplitColumn("split")
                .build();
        System.out.println(table.summary());
        try (ImageDataset train = table.train().build();
                ImageDataset test = table.dataset(Split.TEST.part()).build();
                MultiLabelTrainer trainer = MultiLabelTrainer.builder(table.heads(), Backbones.small())
                        .optEpochs(epochs)
                        .build()) {
            trainer.fit(train, test);
            System.out.println(trainer.evaluate(test).table());
            trainer.model().save(output);
        }
        return 0;
    }

    private Stream<TableRow> rows(Usage usage, String split) throws IOException {
        FruitsFreshAndRotten fruits = fruits(usage, split);
        return DjlImages.of(fruits).stream().map(photo -> {
            String category = photo.category(fruits.getClasses()); // such as rottenbanana
            String condition = category.startsWith("fresh") ? "fresh" : "rotten";
            return TableRow.of(photo.image())
                    .with("fruit", category.substring(condition.length()))
                    .with("condition", condition)
                    .with("split", split);
        });
    }

    private FruitsFreshAndRotten fruits(Usage usage, String split) throws IOException {
        FruitsFreshAndRotten.Builder builder = FruitsFreshAndRotten.builder().optUsage(usage);
        data.ifPresent(folder -> builder.optRepository(Repository.newInstance(split, folder.resolve(split))));
        try {
            return builder.setSampling(1, false).build(); // this library has an order of its own
        } catch (UnknownHostException e) {
            throw new IOException(
                    "the photos cannot be downloaded from " + e.getMessage() + ": name a folder that has"
                            + " them with --data DIR, or run once where there is a network",
                    e);
        }
    }
}
