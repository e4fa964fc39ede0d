package io.github.multilabel.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.model.ImagePredictor;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionResult;
import io.github.multilabel.serving.Accepted;
import io.github.multilabel.serving.PredictionService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

class MultiLabelAutoConfigurationTest {

    @TempDir
    private Path folder;

    private Path model;
    private ApplicationContextRunner application;

    @BeforeEach
    void saveModel() throws IOException {
        model = SmallModels.save(folder.resolve("model"), 1);
        application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MultiLabelAutoConfiguration.class));
    }

    private ApplicationContextRunner withCars(String... properties) {
        return application.withPropertyValues("multilabel.models.cars=" + model).withPropertyValues(properties);
    }

    @Test
    void springBootFindsTheConfigurations() {
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .contains(
                        MultiLabelAutoConfiguration.class.getName(),
                        ActuatorHealthAutoConfiguration.class.getName(),
                        HealthAutoConfiguration.class.getName());
    }

    @Test
    void withoutModelsThereIsNoBean() {
        application.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(PredictionService.class)
                .doesNotHaveBean(ImagePredictor.class)
                .doesNotHaveBean(MultiLabelProperties.class));
    }

    @Test
    void oneModelIsAPredictorToInject() {
        withCars().run(context -> {
            Prediction car = context.getBean(ImagePredictor.class).predict(SmallModels.image(20));

            assertThat(car.head("brand").predicted()).hasSize(1);
            assertThat(context.getBean(PredictionService.class).models())
                    .singleElement()
                    .satisfies(served -> assertThat(served.name()).isEqualTo("cars"));
        });
    }

    @Test
    void severalModelsAreAskedByName() {
        withCars("multilabel.models.my.bikes=" + model).run(context -> {
            assertThat(context).doesNotHaveBean(ImagePredictor.class);
            assertThat(context.getBean(PredictionService.class)
                            .model("my.bikes")
                            .info()
                            .heads())
                    .hasSize(2);
        });
    }

    @Test
    void aModelMayBeGivenAsALocation() {
        application
                .withPropertyValues("multilabel.models.cars=" + model.toUri())
                .run(context -> assertThat(context).hasSingleBean(ImagePredictor.class));
    }

    @Test
    void beansOfTheApplicationComeFirst() {
        ImagePredictor own = new Fixed();
        withCars().withBean(ImagePredictor.class, () -> own).run(context -> assertThat(context)
                .getBean(ImagePredictor.class)
                .isSameAs(own));
    }

    @Test
    void aServiceOfTheApplicationIsWhatThePredictorAsks() {
        withCars()
                .withBean(PredictionService.class, () -> {
                    try {
                        return PredictionService.builder()
                                .addModel("cars", model)
                                .addModel("more", model)
                                .build();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .run(context -> {
                    assertThat(context.getBean(PredictionService.class).models())
                            .hasSize(2);
                    assertThat(context.getBean(ImagePredictor.class)
                                    .predict(SmallModels.image(20))
                                    .heads())
                            .hasSize(2);
                });
    }

    @Test
    void thePropertiesReachTheService() {
        withCars(
                        "multilabel.engine=onnxruntime",
                        "multilabel.batch-size=4",
                        "multilabel.longest-wait=0",
                        "multilabel.queue-size=5",
                        "multilabel.pixel-limit=480",
                        "multilabel.precision=float32")
                .run(context -> {
                    PredictionService service = context.getBean(PredictionService.class);
                    ImagePredictor predictor = context.getBean(ImagePredictor.class);

                    assertThat(service.model("cars").info().engine()).contains("onnxruntime");
                    assertThat(predictor.predictAll(List.of(SmallModels.image(20), SmallModels.image(21))))
                            .extracting(result -> result instanceof Prediction)
                            .as("480 pixels and 504")
                            .containsExactly(true, false);
                    assertThat(service.meters()
                                    .get("multilabel.batch.size")
                                    .summary()
                                    .max())
                            .isLessThanOrEqualTo(4);
                });
    }

    @Test
    void closingTheContextAnswersWhatWaitsAndEndsTheService() {
        withCars("multilabel.longest-wait=1s").run(context -> {
            PredictionService service = context.getBean(PredictionService.class);
            ImagePredictor predictor = context.getBean(ImagePredictor.class);
            Accepted waiting = service.model("cars")
                    .predict(
                            IntStream.range(10, 15).mapToObj(SmallModels::image).toList());

            context.close();

            assertThat(waiting.answers())
                    .extracting(CompletableFuture::join)
                    .hasSize(5)
                    .hasOnlyElementsOfType(Prediction.class);
            assertThatIllegalStateException().isThrownBy(() -> predictor.predict(SmallModels.image(20)));
            assertThatIllegalStateException()
                    .isThrownBy(() -> service.model("cars").predict(List.of(SmallModels.image(20))));
        });
    }

    @Test
    void aModelThatChangesIsReplacedUnderThePredictor() {
        withCars().run(context -> {
            PredictionService service = context.getBean(PredictionService.class);
            ImagePredictor predictor = context.getBean(ImagePredictor.class);
            double before = brand(predictor.predict(SmallModels.image(20)));
            String version = service.model("cars").info().version();

            SmallModels.save(model, 2);
            service.refresh();

            assertThat(brand(predictor.predict(SmallModels.image(20)))).isNotEqualTo(before);
            assertThat(service.model("cars").info().version()).isNotEqualTo(version);
        });
    }

    @Test
    void itCountsInTheRegistryOfTheApplication() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        withCars().withBean(MeterRegistry.class, () -> registry).run(context -> {
            context.getBean(ImagePredictor.class).predict(SmallModels.image(20));

            assertThat(context.getBean(PredictionService.class).meters()).isSameAs(registry);
            assertThat(registry.get("multilabel.predictions")
                            .tags("model", "cars", "head", "brand")
                            .counter()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void aModelThatIsNotThereIsSaidInTwoSentences() {
        String analysis = analysisOf(application.withPropertyValues("multilabel.models.cars=runs/nowhere"));

        assertThat(analysis)
                .contains("there is no model at 'runs" + File.separator + "nowhere'")
                .contains("A relative path starts from the folder in which the application is started");
    }

    @Test
    void aFolderThatIsNoModelIsRefused() {
        assertThat(analysisOf(application.withPropertyValues("multilabel.models.cars=" + folder)))
                .contains("'" + folder + "' is not the folder of a saved model: it has no model.json");
    }

    @Test
    void aDamagedModelIsRefused() throws IOException {
        Files.write(model.resolve("weights.safetensors"), new byte[100]);

        assertThat(analysisOf(withCars()))
                .contains("the models cannot be loaded")
                .contains("weights.safetensors");
    }

    @Test
    void aModelInsideAJarIsRefused() {
        String location = Test.class.getResource("Test.class").toString();

        assertThat(analysisOf(application.withPropertyValues("multilabel.models.cars=" + location)))
                .contains("multilabel.models.cars is '" + location + "'")
                .contains("put it beside the jar");
    }

    @Test
    void allWrongPropertiesAreToldByTheirNames() {
        assertThat(analysisOf(withCars(
                        "multilabel.batch-size=0",
                        "multilabel.longest-wait=2s",
                        "multilabel.queue-size=-1",
                        "multilabel.reload=1ms")))
                .contains("multilabel.batch-size is 0: 1 to 1024")
                .contains("multilabel.longest-wait is 2000: 0 to 1000 milliseconds")
                .contains("multilabel.queue-size is -1: 1 to 100000")
                .contains("multilabel.reload is PT0.001S: at least 100 ms")
                .doesNotContain("opt");
    }

    @Test
    void otherMistakesAreToldToo() {
        assertThat(analysisOf(withCars("multilabel.engine=abacus")))
                .contains("abacus")
                .contains("onnxruntime");
        assertThat(analysisOf(withCars("multilabel.pixel-limit=0"))).contains("pixel limit 0");
        assertThat(analysisOf(application.withPropertyValues("multilabel.models[my cars]=" + model)))
                .contains("'my cars'");
        assertThat(analysisOf(application.withPropertyValues("multilabel.models.cars=a\0b")))
                .contains("is no path here");
    }

    /** What Spring Boot would print, by the analyzer that it finds. */
    private static String analysisOf(ApplicationContextRunner application) {
        StringBuilder text = new StringBuilder();
        application.run(context -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis = SpringFactoriesLoader.forDefaultResourceLocation()
                    .load(
                            FailureAnalyzer.class,
                            FailureHandler.handleMessage((other, problem) -> {})) // needs a context
                    .stream()
                    .filter(UnusableModelsAnalyzer.class::isInstance)
                    .map(analyzer -> analyzer.analyze(context.getStartupFailure()))
                    .findFirst()
                    .orElseThrow();
            text.append(analysis.getDescription()).append('\n').append(analysis.getAction());
        });
        return text.toString();
    }

    private static double brand(Prediction prediction) {
        return prediction.head("brand").probability("BMW");
    }

    /** An application's own. */
    private static final class Fixed implements ImagePredictor {

        @Override
        public Prediction predict(ImageSource image) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Prediction predict(BufferedImage image) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<PredictionResult> predictAll(List<ImageSource> images) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
