package io.github.multilabel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The code of docs/spring-boot.md is that of the application which the profile spring-boot runs. */
class SpringBootGuideTest {

    private static final Path GUIDE = Path.of("../docs/spring-boot.md");
    private static final Path APPLICATION = Path.of("../spring-boot-starter/src/it/photo-app");

    @Test
    void theControllerIsThatOfTheApplication() throws IOException {
        String source = Files.readString(APPLICATION.resolve("src/main/java/photos/PhotoController.java"));

        assertThat(Files.readString(GUIDE))
                .contains("```java\n" + source.substring(source.indexOf("@RestController\n")) + "```");
    }

    @Test
    void thePropertiesAreThoseOfTheApplication() throws IOException {
        String properties = Files.readString(APPLICATION.resolve("src/main/resources/application.yml"));

        assertThat(Files.readString(GUIDE))
                .contains("```yaml\n" + properties.substring(0, properties.indexOf("\n\n") + 1) + "```");
    }

    @Test
    void theVersionsAreThoseThatAreNamedForContributors() throws IOException {
        assertThat(Files.readString(GUIDE).replaceAll("\\s+", " "))
                .contains("tried with Spring Boot 3.3.13, 3.5.7 and 4.1.2");
        assertThat(Files.readString(Path.of("../CONTRIBUTING.md"))).contains("tried with 3.3.13, 3.5.7 and 4.1.2");
        assertThat(Files.readString(Path.of("../pom.xml")))
                .contains("<spring-boot.version>3.3.13<")
                .contains("<spring-boot4.version>4.1.2<");
    }
}
