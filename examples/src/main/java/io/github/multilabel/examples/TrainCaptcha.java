package io.github.multilabel.examples;

import ai.djl.basicdataset.BasicDatasets;
import ai.djl.basicdataset.cv.classification.CaptchaDataset;
import ai.djl.repository.Repository;
import ai.djl.training.dataset.Dataset.Usage;
import io.github.multilabel.cli.program.Launcher;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.data.djl.DjlImage;
import io.github.multilabel.data.djl.DjlImages;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.data.table.ImageTableBuilder;
import io.github.multilabel.data.table.TableRow;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.training.MultiLabelTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains on a data set of DJL, whose labels are the six digits on an image: six heads. */
@Command(
        name = "TrainCaptcha",
        mixinStandardHelpOptions = true,
        description = "Trains one model that reads the five or six digits of a captcha, which DJL downloads once.")
public final class TrainCaptcha implements Callable<Integer> {

    private static final int NO_DIGIT = 11;

    private final Repository repository;

    @Option(names = "--epochs", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int epochs = 20;

    @Option(names = "--output", paramLabel = "DIR", description = "For the model (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("build/captcha");

    TrainCaptcha(Repository repository) {
        this.repository = repository;
    }

    /** Runs the program. */
    public static void main(String[] arguments) {
        Launcher.run(new TrainCaptcha(BasicDatasets.REPOSITORY), arguments);
    }

    @Override
    public Integer call() throws IOException {
        Stream<TableRow> rows = Stream.concat(rows(Usage.TRAIN, "train"), rows(Usage.VALIDATION, "validation"));
        ImageTableBuilder builder = ImageTable.rows(rows, row -> row).optSplitColumn("split");
        for (int i = 0; i < CaptchaDataset.CAPTCHA_LENGTH; i++) {
            builder.addHead("digit " + i);
        }
        ImageTable table = builder.build();
        System.out.println(table.summary());
        try (ImageDataset train =
                        table.train().optAugmentation(Augmentation.none()).build(); // a mirrored 3 is no 3
                ImageDataset validation = table.validation().build();
                MultiLabelTrainer trainer = MultiLabelTrainer.builder(table.heads(), Backbones.small())
                        .optImageSize(128)
                        .optEpochs(epochs)
                        .build()) {
            trainer.fit(train, validation);
            System.out.println(trainer.evaluate(validation).table());
            trainer.model().save(output);
        }
        return 0;
    }

    private Stream<TableRow> rows(Usage usage, String split) throws IOException {
        CaptchaDataset captchas = CaptchaDataset.builder()
                .optRepository(repository)
                .optUsage(usage)
                .setSampling(1, false) // this library has an order of its own
                .build();
        return DjlImages.of(captchas).stream().map(captcha -> digits(captcha).with("split", split));
    }

    private static TableRow digits(DjlImage captcha) {
        TableRow row = TableRow.of(captcha.image());
        for (int i = 0; i < captcha.labels().size(); i++) {
            int digit = captcha.label(i);
            row = row.with("digit " + i, digit == NO_DIGIT ? "none" : Integer.toString(digit));
        }
        return row;
    }
}
