package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.torch.Precision;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.evaluation.sheet.PredictionSheet;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.testsupport.Shapes;
import io.github.multilabel.training.CheckpointOptions;
import io.github.multilabel.training.HeadOptions;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.MultiLabelTrainerBuilder;
import io.github.multilabel.training.balance.LossBalancing;
import io.github.multilabel.training.event.LearningRateFinderResult;
import io.github.multilabel.training.event.StopReason;
import io.github.multilabel.training.event.TrainingEvent;
import io.github.multilabel.training.event.TrainingListener;
import io.github.multilabel.training.event.TrainingResult;
import io.github.multilabel.training.optimizer.Optimizers;
import io.github.multilabel.training.report.CsvLog;
import io.github.multilabel.training.report.LearningCurves;
import io.github.multilabel.training.report.LearningRatePlot;
import io.github.multilabel.training.report.TensorBoardLog;
import io.github.multilabel.training.schedule.LearningRateSchedule;
import io.github.multilabel.training.schedule.Phase;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/training.md: it runs, and it is what stands there. */
class TrainingGuideTest {

    private static final Path GUIDE = Path.of("../docs/training.md");

    @TempDir
    Path folder;

    @Test
    void everyBlockRuns() throws Exception {
        Path labels = Shapes.write(Shapes.draw(60, 5), folder);
        ImageTable table = ImageTable.csv(labels, folder.resolve("photos"))
                .addHead("colour")
                .addHead("ground")
                .addTags("tags", "|")
                .optValidation(0.2)
                .build();
        HeadSet heads = table.heads();
        try (ImageDataset train = table.train().optBatchSize(16).build();
                ImageDataset validation = table.dataset("validation").build()) {
            trainAndResume(heads, train, validation);
            goOn(heads, train, validation);
            findLearningRate(
                    MultiLabelTrainer.builder()
                            .setHeads(heads)
                            .setBackbone(Backbones.byName("small"))
                            .optImageSize(32),
                    train);
        }

        // @start region=fine-tuning
        MultiLabelTrainerBuilder tuning = MultiLabelTrainer.builder()
                .setHeads(heads)
                .setBackbone(Backbones.byName("efficientnet_lite0").pretrained())
                .optFineTuning(8); // epochs, the first for the heads alone
        // @end region=fine-tuning
        assertThat(tuning).isNotNull();

        MultiLabelTrainerBuilder builder =
                MultiLabelTrainer.builder().setHeads(heads).setBackbone(Backbones.resnet18());
        // @start region=phases
        builder.addPhase(Phase.heads(2).withLearningRate(3e-3)) // backbone frozen, including batch-norm statistics
                .addPhase(Phase.from("layer4", 3).withLearningRate(1e-3)) // its last stage and the heads
                .addPhase(Phase.all(10).withProgressiveResizing(128, 160, 224))
                .optBackboneLearningRateFactor(0.3) // of the rate of the heads
                .optLayerDecay(0.7); // from each stage of the backbone to the one before
        // @end region=phases

        // @start region=optimizer
        builder.optOptimizer(Optimizers.adamW())
                .optLearningRate(1e-3) // the highest of the schedule
                .optSchedule(LearningRateSchedule.oneCycle())
                .optGradientClipNorm(1) // the norm over all parameters
                .optGradientAccumulation(4) // batches of one step
                .optEmaDecay(0.999);
        // @end region=optimizer

        // @start region=losses
        builder.addHeadOptions("tags", HeadOptions.loss(Losses.asymmetric()).lossWeight(0.5)) // many tags, few apply
                .addHeadOptions("ground", HeadOptions.loss(Losses.focal(2)).auxiliary()) // only helps to learn
                .optLabelSmoothing(0.05) // of the heads without a loss of their own
                .optLossBalancing(LossBalancing.uncertainty());
        // @end region=losses

        Path csv = Files.writeString(
                folder.resolve("cars.csv"),
                "image,model,brand,type\n0.png,a3,Audi,Coupe\n1.png,q5,Audi,SUV\n2.png,x5,BMW,SUV\n");
        // @start region=hierarchy
        ImageTable cars = ImageTable.csv(csv, folder.resolve("photos"))
                .addHead("model")
                .addHead("brand")
                .addHead("type")
                .optParents("model", "brand", "type")
                .build();
        System.out.println(cars.heads().hierarchy()); // model -> brand, type
        // @end region=hierarchy
        assertThat(cars.heads().hierarchy()).hasToString("model -> brand, type");

        // @start region=layers
        builder.optDropout(0.2) // before the last layer of each head
                .addHeadOptions(
                        "colour", HeadOptions.standard().hiddenUnits(256).dropout(0.5));
        // @end region=layers

        // @start region=precision
        builder.optPrecision(Precision.AUTO); // or FLOAT32, the default, BFLOAT16, FLOAT16
        // @end region=precision
        builder.build().close();
    }

    private void findLearningRate(MultiLabelTrainerBuilder tuning, ImageDataset train) throws IOException {
        // @start region=find-learning-rate
        try (MultiLabelTrainer trainer = tuning.build()) {
            LearningRateFinderResult range = trainer.findLearningRate(train);
            System.out.println(range); // suggested learning rate 5.5e-03: around it the loss fell fastest, ...
            LearningRatePlot.write(folder.resolve("learning-rate.png"), range);
            range.suggestion().ifPresent(tuning::optLearningRate);
        }
        // @end region=find-learning-rate
        assertThat(folder.resolve("learning-rate.png")).isRegularFile();
    }

    private void trainAndResume(HeadSet heads, ImageDataset train, ImageDataset validation) throws IOException {
        // @start region=control
        MultiLabelTrainerBuilder training = MultiLabelTrainer.builder()
                .setHeads(heads)
                .setBackbone(Backbones.byName("small"))
                .optImageSize(32)
                .optEpochs(30)
                .optMonitor("colour_macro_f1")
                .optEarlyStopping(3, 0.001) // patience, and min delta
                .optCheckpoints(CheckpointOptions.in(folder.resolve("checkpoints"))
                        .everySteps(500) // and at the end of each epoch
                        .resume())
                .addListener(new TensorBoardLog(folder.resolve("tensorboard")))
                .addListener(new CsvLog(folder));
        // @end region=control

        training.optEpochs(2).optEarlyStopping(2);
        // @start region=fit
        try (MultiLabelTrainer trainer = training.build()) {
            TrainingResult result = trainer.fit(train, validation);
            if (result.stopReason() != StopReason.STOPPED) { // trainer.stop(), from any thread
                System.out.println(result.best());
                LearningCurves.write(folder.resolve("learning-curves.png"), result.history());
                PredictionSheet.write(folder.resolve("validation-samples.png"), trainer.model(), validation, 24);
                trainer.model().save(folder.resolve("model"));
            }
        }
        // @end region=fit
        assertThat(folder.resolve("model")).isDirectory();
        assertThat(folder.resolve("checkpoints")).isDirectoryContaining("glob:**checkpoint-*");

        // @start region=listener
        training.addListener(TrainingListener.onEpoch(
                report -> System.out.println(report.training().meanAccuracy())));
        training.addListener(event -> {
            if (event instanceof TrainingEvent.StepDone step && step.skipped()) {
                System.err.println("step " + step.step() + " skipped: " + step.losses());
            }
        });
        // @end region=listener
    }

    private void goOn(HeadSet heads, ImageDataset train, ImageDataset validation) throws Exception {
        // @start region=saved-model
        try (MultiLabelModel saved = MultiLabelModel.load(folder.resolve("model"));
                MultiLabelTrainer trainer = MultiLabelTrainer.builder()
                        .setModel(saved)
                        .setHeads(heads) // if left out, those of the model
                        .optEpochs(1)
                        .build()) {
            System.out.println(trainer.keptHeads().orElseThrow()); // keeps [colour (3 categories; new: [violet])]
            trainer.fit(train, validation);
        }
        // @end region=saved-model
    }

    @Test
    void everyOptionOfTheTrainerHasARowOfItsDefault() throws IOException {
        String guide = Files.readString(GUIDE);
        String table = guide.substring(guide.indexOf("## Defaults and their reasons"), guide.indexOf("**Drawings.**"));
        List<String> options = Stream.of(MultiLabelTrainerBuilder.class.getMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("opt"))
                .map(name -> '`' + name + '`')
                .toList();

        assertThat(table).contains(options);
        assertThat(table.lines().filter(line -> line.startsWith("| `")))
                .as("an option, its default and the reason")
                .allMatch(row -> row.split("\\|").length == 4);
    }

    @Test
    void theGuideShowsWhatRuns() throws IOException {
        List<String> blocks = Pattern.compile("```java\n(.*?)\n```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        List<String> regions = List.of(
                "fine-tuning",
                "phases",
                "optimizer",
                "find-learning-rate",
                "losses",
                "hierarchy",
                "layers",
                "precision",
                "control",
                "fit",
                "saved-model",
                "listener");
        assertThat(blocks).hasSameSizeAs(regions);
        for (int i = 0; i < blocks.size(); i++) {
            assertThat(blocks.get(i)).isEqualTo(Region.of(TrainingGuideTest.class, regions.get(i)));
        }
    }
}
