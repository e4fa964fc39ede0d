package io.github.multilabel.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** What an editor completes in {@code application.yml}. */
class PropertiesMetadataTest {

    private static Map<String, JsonObject> described() throws IOException {
        Map<String, JsonObject> found = new TreeMap<>();
        try (InputStream in =
                MultiLabelProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JsonObject all = JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            for (JsonElement each : all.getAsJsonArray("properties")) {
                found.put(each.getAsJsonObject().get("name").getAsString(), each.getAsJsonObject());
            }
        }
        return found;
    }

    @Test
    void eachPropertyHasItsTypeAndASentence() throws IOException {
        Map<String, JsonObject> described = described();

        assertThat(MultiLabelProperties.class.getRecordComponents()).allSatisfy(component -> {
            JsonObject property = described.get(nameOf(component));
            assertThat(property).as(component.getName()).isNotNull();
            assertThat(property.get("type").getAsString()).isNotEmpty();
            assertThat(property.get("description").getAsString()).endsWith(".");
        });
        assertThat(described)
                .as("no other")
                .hasSize(MultiLabelProperties.class.getRecordComponents().length + 1)
                .containsKey("management.health.multilabel.enabled");
    }

    @Test
    void enginesAreProposed() throws IOException {
        try (InputStream in =
                MultiLabelProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .contains(Stream.of("pytorch", "onnxruntime", "openvino", "auto")
                            .map(engine -> "\"value\": \"" + engine + "\"")
                            .toList());
        }
    }

    private static String nameOf(RecordComponent component) {
        return ConfigurationPropertyName.of("multilabel")
                .append(component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .toString();
    }
}
