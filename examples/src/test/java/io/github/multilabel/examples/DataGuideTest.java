package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.data.BadImages;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.ImageDatasetBuilder;
import io.github.multilabel.data.Sample;
import io.github.multilabel.data.SamplingWeights;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.data.check.DataReport;
import io.github.multilabel.data.check.page.DataPage;
import io.github.multilabel.data.split.DataSplit;
import io.github.multilabel.data.split.SplitFile;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.evaluation.Evaluator;
import io.github.multilabel.evaluation.labels.LabelIssues;
import io.github.multilabel.evaluation.labels.LabelIssuesCsv;
import io.github.multilabel.evaluation.loss.ClassWeights;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.training.HeadOptions;
import io.github.multilabel.training.MultiLabelTrainer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/data.md: it runs, and it is what stands there. */
class DataGuideTest {

    private static final Path GUIDE = Path.of("../docs/data.md");
    private static final List<String> BRANDS = List.of("Audi", "BMW", "Fiat");
    private static final List<String> TAGS = List.of("", "rusty", "open", "rusty|open");

    @TempDir
    Path folder;

    private Path photos;
    private Path labels;

    @BeforeEach
    void drawPhotos() throws IOException {
        photos = Files.createDirectory(folder.resolve("photos"));
        labels = folder.resolve("labels.csv");
        StringBuilder csv = new StringBuilder("image,brand,tags,car\n");
        for (int i = 0; i < 60; i++) {
            BufferedImage photo = new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB);
            for (int x = 0; x < 24; x++) {
                for (int y = 0; y < 16; y++) {
                    photo.setRGB(x, y, 0xFFFFFF & (x * y * (i + 1) * 7919));
                }
            }
            ImageIO.write(photo, "png", photos.resolve(i + ".png").toFile());
            csv.append(i + ".png," + BRANDS.get(i % 5 % 3) + "," + TAGS.get(i % 4) + ",car " + i / 2 + "\n");
        }
        Files.writeString(labels, csv);
    }

    @Test
    void everyBlockRuns() throws IOException {
        // @start region=table
        ImageTable table = ImageTable.csv(labels, photos) // labels.csv, and the folder that its paths are relative to
                .addHead("brand") // a column with one category in each cell
                .addTags("tags", "|") // a column with any number of tags in each cell: rusty|open
                .optGroupColumn("car") // all photos of one car stay in one part of the split
                .optValidation(0.2) // a fifth of the rows evaluates the model
                .build();
        // @end region=table
        assertThat(table.split().orElseThrow()).hasToString("train 48, validation 12");

        // @start region=check
        DataReport report = table.check();
        System.out.println(report.table());
        // @end region=check
        assertThat(report.isUsable()).isTrue();

        Path page = folder.resolve("data.html");
        // @start region=page
        DataPage.of(report).withTitle(table.name()).write(page);
        // @end region=page
        assertThat(page).content().contains("<title>labels.csv</title>");

        labelIssues(table);

        // @start region=split
        List<Sample> samples = table.samples();
        DataSplit split = DataSplit.builder()
                .setLabels(samples.stream().map(Sample::labels).toList())
                .addPart("train", 0.7)
                .addPart("validation", 0.15)
                .addPart("test", 0.15)
                .optSeed(1)
                .build();
        split.warnings().forEach(System.out::println);
        ImageTable again = table.split(split);
        // @end region=split
        assertThat(again.samples("test")).hasSize(9);

        Path file = folder.resolve("split.csv");
        // @start region=split-file
        List<String> keys =
                samples.stream().map(sample -> sample.image().name()).toList();
        SplitFile.write(file, split, keys);
        DataSplit kept = SplitFile.read(file, keys); // also if the rows have another order now
        // @end region=split-file
        assertThat(kept).isEqualTo(split);

        // @start region=folds
        DataSplit folds = DataSplit.builder()
                .setLabels(samples.stream().map(Sample::labels).toList())
                .optFolds(5)
                .build();
        for (String fold : folds.parts()) {
            List<Sample> training = folds.selectOthers(fold, samples);
            List<Sample> validation = folds.select(fold, samples);
            System.out.println(fold + ": " + training.size() + " train, " + validation.size() + " validate");
        }
        // @end region=folds

        // @start region=sample-weights
        ImageDatasetBuilder balanced = table.train().optWeightedSampling(SamplingWeights.balanced("brand"));
        // @end region=sample-weights
        try (ImageDataset data = balanced.build()) {
            assertThat(data.size()).isEqualTo(48);
        }

        // @start region=class-weights
        // effectiveNumber() weighs categories by their images, milder than balanced();
        // positive(20) weighs a tag where it applies by its absent to present images, at most 20
        MultiLabelTrainer.builder(table.heads(), Backbones.efficientnetLite0().pretrained())
                .addHeadOptions("brand", HeadOptions.standard().classWeights(ClassWeights.effectiveNumber()))
                .addHeadOptions("tags", HeadOptions.standard().classWeights(ClassWeights.positive(20)));
        // @end region=class-weights

        // @start region=augmentation
        ImageDataset train = table.train()
                .optBatchSize(64) // images per batch, shuffled
                .optAugmentation(Augmentation.strong())
                .optBadImages(BadImages.SKIP)
                .build();
        // @end region=augmentation
        train.close();
        assertThat(train.skipped()).isEmpty();
    }

    private void labelIssues(ImageTable table) throws IOException {
        Path issues = folder.resolve("label-issues.csv");
        try (MultiLabelModel model = MultiLabelModel.create(
                        Backbones.small(), table.heads(), Preprocessing.imageNet(32), Device.cpu(), 3);
                ImageDataset validation = table.validation().build()) {
            // @start region=label-issues
            LabelIssues found = LabelIssues.find(Evaluator.predictions(model, validation));
            System.out.println(found);
            LabelIssuesCsv.write(issues, found);
            // @end region=label-issues
            assertThat(found.images()).isEqualTo(12);
        }
        assertThat(issues).content().startsWith("rank,source,head,");
    }

    @Test
    void theGuideShowsWhatRuns() throws IOException {
        String guide = Files.readString(GUIDE);
        List<String> blocks = Pattern.compile("```java\n(.*?)\n```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        List<String> regions = List.of(
                "table",
                "check",
                "page",
                "label-issues",
                "split",
                "split-file",
                "folds",
                "sample-weights",
                "class-weights",
                "augmentation");
        assertThat(blocks).hasSameSizeAs(regions);
        for (int i = 0; i < blocks.size(); i++) {
            assertThat(blocks.get(i)).isEqualTo(Region.of(DataGuideTest.class, regions.get(i)));
        }
    }
}
