package io.github.multilabel.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multilabel.serving.PredictionService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Spring Boot 3 and 4 have the health in other packages: each finds its own. */
class HealthTest {

    private static final String BOOT_3 = "org.springframework.boot.actuate.health";
    private static final String BOOT_4 = "org.springframework.boot.health";

    @TempDir
    private Path folder;

    private ApplicationContextRunner application(String... withoutPackages) throws IOException {
        return new ApplicationContextRunner()
                .withClassLoader(new FilteredClassLoader(withoutPackages))
                .withConfiguration(AutoConfigurations.of(
                        MultiLabelAutoConfiguration.class,
                        ActuatorHealthAutoConfiguration.class,
                        HealthAutoConfiguration.class))
                .withPropertyValues("multilabel.models.cars=" + SmallModels.save(folder.resolve("model"), 1));
    }

    @Test
    void springBoot3TellsOfTheModels() throws IOException {
        application(BOOT_4).run(context -> assertThat(
                        context.getBean(HealthIndicator.class).health())
                .satisfies(health -> {
                    assertThat(health.getStatus().getCode()).isEqualTo("UP");
                    assertThatCarsAreIn(health.getDetails());
                }));
    }

    @Test
    void springBoot4TellsOfTheModels() throws IOException {
        application(BOOT_3).run(context -> assertThat(
                        context.getBean(org.springframework.boot.health.contributor.HealthIndicator.class)
                                .health())
                .satisfies(health -> {
                    assertThat(health.getStatus().getCode()).isEqualTo("UP");
                    assertThatCarsAreIn(health.getDetails());
                }));
    }

    @Test
    void aChangeThatCannotBeLoadedIsToldWhileTheModelBeforeAnswers() throws IOException {
        application(BOOT_4).run(context -> {
            // given a model whose file is damaged, and mended later
            Path description = folder.resolve("model/model.json");
            String whole = Files.readString(description);
            PredictionService service = context.getBean(PredictionService.class);
            HealthIndicator indicator = context.getBean(HealthIndicator.class);

            // when it is looked at
            Files.writeString(description, "{}");
            service.refresh();
            var damaged = indicator.health();
            Files.writeString(description, whole);
            service.refresh();
            var mended = indicator.health();

            // then the health is up, and says what is wrong as long as it is
            assertThat(damaged.getStatus().getCode()).isEqualTo("UP");
            assertThatCarsAreIn(damaged.getDetails());
            assertThat(damaged.getDetails())
                    .extractingByKey("cars", InstanceOfAssertFactories.map(String.class, Object.class))
                    .hasEntrySatisfying("notReloaded", problem -> assertThat(problem.toString())
                            .contains("model.json"));
            assertThat(mended.getDetails())
                    .extractingByKey("cars", InstanceOfAssertFactories.map(String.class, Object.class))
                    .doesNotContainKey("notReloaded");
        });
    }

    private static void assertThatCarsAreIn(Map<String, Object> details) {
        assertThat(details)
                .extractingByKey("cars", InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("waiting", 0)
                .hasEntrySatisfying(
                        "version", version -> assertThat(version.toString()).matches("[0-9a-f]{12}"))
                .hasEntrySatisfying(
                        "engine", engine -> assertThat(engine.toString()).contains("pytorch"))
                .containsKey("loaded");
    }

    @Test
    void aServiceOfTheApplicationIsToldOfToo() throws Exception {
        try (PredictionService own = PredictionService.builder()
                .addModel("cars", SmallModels.save(folder.resolve("own"), 1))
                .build()) {
            new ApplicationContextRunner()
                    .withClassLoader(new FilteredClassLoader(BOOT_4))
                    .withConfiguration(AutoConfigurations.of(
                            MultiLabelAutoConfiguration.class, ActuatorHealthAutoConfiguration.class))
                    .withBean(PredictionService.class, () -> own)
                    .run(context -> assertThatCarsAreIn(
                            context.getBean(HealthIndicator.class).health().getDetails()));
        }
    }

    @Test
    void itCanBeTurnedOff() throws IOException {
        for (String without : new String[] {BOOT_3, BOOT_4}) {
            application(without)
                    .withPropertyValues("management.health.multilabel.enabled=false")
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("multilabelHealthIndicator"));
        }
    }

    @Test
    void anApplicationWithoutActuatorStarts() throws IOException {
        application(BOOT_3, BOOT_4)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("multilabelHealthIndicator"));
    }

    @Test
    void withoutModelsThereIsNothingToTell() throws IOException {
        new ApplicationContextRunner()
                .withClassLoader(new FilteredClassLoader(BOOT_4))
                .withConfiguration(
                        AutoConfigurations.of(MultiLabelAutoConfiguration.class, ActuatorHealthAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
    }
}
