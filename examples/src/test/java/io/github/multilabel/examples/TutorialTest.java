package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.synthetic.SyntheticCars;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.decode.ImageDecoder;
import io.github.multilabel.core.image.sheet.ContactSheet;
import io.github.multilabel.core.torch.NoGradients;
import io.github.multilabel.data.Split;
import io.github.multilabel.data.augment.Augmentation;
import io.github.multilabel.evaluation.loss.DjlLoss;
import io.github.multilabel.evaluation.loss.Losses;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.model.MultiHeadBlock;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.training.MultiLabelTrainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/tutorial.md: it is what stands there, and prints what stands there. */
class TutorialTest {

    private static final Path PAGE = Path.of("../docs/tutorial.md");

    /** A block of code, and what it prints, if it does. */
    private static final Pattern BLOCK =
            Pattern.compile("```java\n(.*?)\n```\n(?:\n```text\n(.*?)```\n)?", Pattern.DOTALL);

    /** What is shown takes minutes, so the test runs fewer epochs. */
    private static final Map<String, String> SHOWN_OF_RUN =
            Map.of("fit(trainer, 1, ", "fit(trainer, 12, ", "optEpochs(1)", "optEpochs(12)");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<String, String> printed = new LinkedHashMap<>();
    private PrintStream standard;

    @BeforeEach
    void listen() {
        standard = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(standard);
    }

    private static String shown(String region) throws IOException {
        String code = Region.of(TutorialTest.class, region);
        for (Map.Entry<String, String> each : SHOWN_OF_RUN.entrySet()) {
            code = code.replace(each.getKey(), each.getValue());
        }
        return code;
    }

    /** Remembers what was printed since the region before. */
    private void endOf(String region) {
        printed.put(region, out.toString(StandardCharsets.UTF_8));
        out.reset();
    }

    /** What training decides is another number on another machine. */
    private static String withoutResults(String text) {
        return text.replaceAll("\\d+ of ", "# of ")
                .replaceAll("(\\d+ +)\\d+( +\\d+\\.)", "$1#$2") // how often a category was predicted
                .replaceAll("\\d+\\.\\d+%?", "#")
                .replaceAll(" +", " ")
                .replaceAll(" \n", "\n")
                .strip();
    }

    @Test
    void thePageShowsWhatRunsAndWhatItPrints() throws Exception {
        everyBlock();

        String page = Files.readString(PAGE);
        List<MatchResult> blocks = BLOCK.matcher(page).results().toList();
        assertThat(blocks).hasSameSizeAs(printed.keySet());
        Iterator<String> regions = printed.keySet().iterator();
        for (MatchResult block : blocks) {
            String region = regions.next();
            assertThat(block.group(1)).as("region " + region).isEqualTo(shown(region));
            String shown = block.group(2) == null ? "" : block.group(2);
            assertThat(withoutResults(shown))
                    .as("printed by region " + region)
                    .isEqualTo(withoutResults(printed.get(region)));
        }
    }

    private void everyBlock() throws Exception {
        // @start region=data
        Path photos =
                SyntheticCars.builder().optTrain(1_200).optTest(120).build().writeTo(folder.resolve("stanford_cars"));
        StanfordCars train = StanfordCars.builder()
                .optRoot(photos)
                .optSplit(Split.TRAIN)
                .optBatchSize(16)
                .optAugmentation(Augmentation.horizontalFlip())
                .optPreprocessing(Preprocessing.imageNet(64))
                .build();
        StanfordCars validation = StanfordCars.builder()
                .optRoot(photos)
                .optSplit(Split.VALIDATION)
                .optShuffle(false)
                .optPreprocessing(Preprocessing.imageNet(64))
                .build();
        System.out.println(train.size() + " photos to learn from, " + validation.size() + " to validate with");
        for (int i = 0; i < 3; i++) {
            System.out.println(train.carName(i).orElseThrow());
        }
        // @end region=data
        endOf("data");

        // @start region=labels
        Map<String, List<String>> labels = new LinkedHashMap<>();
        for (Head head : train.heads()) {
            List<String> ofHead = new ArrayList<>();
            for (int i = 0; i < train.size(); i++) {
                ofHead.addAll(train.labels(i).categories(head.name()));
            }
            labels.put(head.name(), ofHead);
        }
        labels.forEach((head, all) -> System.out.println(all.size() + " labels of " + head + ": " + all.subList(0, 3)));
        // @end region=labels
        endOf("labels");

        // @start region=dictionaries
        HeadSet heads = train.heads();
        for (Head head : heads) {
            System.out.println(head.name() + ": " + head.categories());
        }
        Head brand = heads.get("brand");
        System.out.println("BMW is " + brand.indexOf("BMW") + ", and 1 is " + brand.category(1));
        // @end region=dictionaries
        endOf("dictionaries");

        // @start region=distribution
        System.out.print(train.counts());
        // @end region=distribution
        endOf("distribution");

        // @start region=sample
        List<ContactSheet.Tile> tiles = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Pixels pixels = ImageDecoder.strict().decode(ImageSource.of(Path.of(train.source(i))));
            Labels known = train.labels(i);
            List<String> caption = heads.names().stream()
                    .map(head -> String.join(", ", known.categories(head)))
                    .toList();
            tiles.add(ContactSheet.Tile.of(pixels, caption));
        }
        ContactSheet.of(tiles).write(folder.resolve("cars.png"));
        System.out.println(tiles.get(0).caption());
        // @end region=sample
        endOf("sample");

        // @start region=batch
        NDManager manager = NDManager.newBaseManager();
        Batch batch = train.getData(manager).iterator().next();
        NDArray images = batch.getData().head();
        System.out.println("images " + images.getShape());
        for (NDArray label : batch.getLabels()) {
            System.out.println(label.getName() + " " + label.getShape());
        }
        // @end region=batch
        endOf("batch");

        // @start region=backbone
        Backbone resnet34 = Backbones.resnet34(); // with a network: Backbones.resnet34().pretrained()
        System.out.println(resnet34.network().orElseThrow().stages().keySet());
        // @end region=backbone
        endOf("backbone");

        // @start region=children
        Block whole = ResNetV1.builder()
                .setImageShape(new Shape(3, 64, 64))
                .setNumLayers(34)
                .setOutSize(1000)
                .build();
        List<String> children = whole.getChildren().keys();
        System.out.println(children.subList(children.size() - 4, children.size()));
        // @end region=children
        endOf("children");

        // @start region=features
        ParameterStore parameters = new ParameterStore(manager, false);
        Block maps = Backbones.of("resnet", whole).withoutLast(4).newBlock();
        maps.initialize(manager, DataType.FLOAT32, images.getShape());
        NDArray ofPlaces = maps.forward(parameters, new NDList(images), false).head();
        NDArray means = ofPlaces.mean(new int[] {3}, true).mean(new int[] {2}, true);
        System.out.println("maps " + ofPlaces.getShape());
        System.out.println("means " + means.getShape());
        System.out.println("flattened " + means.reshape(16, 512).getShape());
        // @end region=features
        endOf("features");

        // @start region=without-classifier
        Backbone cut = Backbones.of("resnet", whole).withoutLast(2);
        Block features = cut.newBlock();
        features.initialize(manager, DataType.FLOAT32, images.getShape());
        System.out.println("features "
                + features.forward(parameters, new NDList(images), false).head().getShape());
        // @end region=without-classifier
        endOf("without-classifier");

        // @start region=one-head
        MultiHeadBlock one = new MultiHeadBlock(resnet34.newBlock(), HeadSet.of(brand));
        one.initialize(manager, DataType.FLOAT32, images.getShape());
        System.out.println("features " + one.features(parameters, images, false).getShape());
        NDArray logits = one.forward(parameters, new NDList(images), false).head();
        System.out.println(logits.getName() + " " + logits.getShape());
        one.close();
        // @end region=one-head
        endOf("one-head");

        // @start region=all-heads
        MultiHeadBlock block = new MultiHeadBlock(Backbones.small().newBlock(), heads);
        block.initialize(manager, DataType.FLOAT32, images.getShape());
        for (NDArray each : block.forward(parameters, new NDList(images), false)) {
            System.out.println(each.getName() + " " + each.getShape());
        }
        // @end region=all-heads
        endOf("all-heads");

        // @start region=step
        Optimizer adam =
                Optimizer.adam().optLearningRateTracker(Tracker.fixed(1e-3f)).build();
        List<Float> losses = new ArrayList<>();
        for (int step = 0; step < 2; step++) {
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                NDList answers = block.forward(parameters, new NDList(images), true);
                NDArray loss = manager.zeros(new Shape());
                for (NDArray label : batch.getLabels()) {
                    loss = Losses.crossEntropy()
                            .loss(answers.get(label.getName()), label)
                            .add(loss);
                }
                gradients.backward(loss);
                losses.add(loss.getFloat());
            }
            block.parametersByName().forEach((name, parameter) -> {
                if (parameter.requiresGradient()) {
                    NDArray weights = parameter.getArray();
                    adam.update(name, weights, weights.getGradient());
                    weights.getGradient().subi(weights.getGradient()); // or the next ones are added to them
                }
            });
        }
        System.out.println("the loss fell: " + (losses.get(1) < losses.get(0)));
        batch.close();
        block.close();
        // @end region=step
        endOf("step");

        // @start region=training
        Engine.getInstance().setRandomSeed(1); // the same weights to begin with, each time
        Model model = Model.newInstance("cars", "PyTorch");
        model.setBlock(new MultiHeadBlock(Backbones.small().newBlock(), heads));
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(DjlLoss.of(heads)).optOptimizer(adam).optDevices(new Device[] {Device.cpu()});
        try (Trainer trainer = model.newTrainer(config)) {
            trainer.initialize(new Shape(1, 3, 64, 64));
            EasyTrain.fit(trainer, 1, train, null);
        }
        // @end region=training
        endOf("training");

        // @start region=validation
        Map<String, int[]> counts = new TreeMap<>();
        try (NoGradients off = NoGradients.onThisThread()) {
            for (Batch photosOfBatch : validation.getData(manager)) {
                NDList answers = model.getBlock().forward(parameters, photosOfBatch.getData(), false);
                for (Head head : heads) {
                    long[] given = answers.get(head.name()).argMax(1).toLongArray();
                    long[] right = photosOfBatch.getLabels().get(head.name()).toLongArray();
                    for (int i = 0; i < given.length; i++) {
                        String category = head.category((int) right[i]);
                        for (String row : List.of(head.name() + " in total", head.name() + " " + category)) {
                            int[] count = counts.computeIfAbsent(row, key -> new int[2]);
                            count[0] += given[i] == right[i] ? 1 : 0;
                            count[1]++;
                        }
                    }
                }
                photosOfBatch.close();
            }
        }
        counts.forEach((row, count) -> System.out.println(row + ": " + count[0] + " of " + count[1]));
        model.close();
        // @end region=validation
        endOf("validation");

        // @start region=one-call
        MultiLabelTrainer trainer = MultiLabelTrainer.builder(heads, Backbones.small())
                .optEpochs(1)
                .optLearningRate(5e-3)
                .build();
        trainer.fit(train, validation);
        Evaluation evaluation = trainer.evaluate(validation);
        System.out.println(evaluation.table());
        trainer.model().save(folder.resolve("model"));
        trainer.close();
        train.close();
        validation.close();
        manager.close();
        // @end region=one-call
        endOf("one-call");
    }
}
