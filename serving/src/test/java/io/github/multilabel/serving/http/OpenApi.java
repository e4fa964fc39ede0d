package io.github.multilabel.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The description of the interface, which answers are held to. */
final class OpenApi {

    private final ObjectNode root;

    OpenApi() {
        try {
            root = (ObjectNode) new ObjectMapper(new YAMLFactory())
                    .readTree(PredictionServer.class.getResourceAsStream("openapi.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Method and path of all that it describes, such as {@code GET /models}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        root.get("paths").fields().forEachRemaining(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    /** Asserts that an answer has a status, a type and a content that the description knows. */
    void requireFits(Route route, HttpResponse<byte[]> answer) {
        JsonNode responses = root.get("paths")
                .get(route.path())
                .get(route.method().toLowerCase(Locale.ROOT))
                .get("responses");
        String status = String.valueOf(answer.statusCode());
        JsonNode response = resolved(responses.has(status) ? responses.get(status) : responses.get("default"));
        String type = answer.headers().firstValue("Content-Type").orElse("none").split(";", 2)[0];
        assertThat(response)
                .as("%s %s with status %s", route.method(), route.path(), status)
                .isNotNull();
        assertThat(response.get("content").has(type))
                .as("%s %s with status %s may be %s", route.method(), route.path(), status, type)
                .isTrue();
        if (type.equals("application/json")) {
            ObjectNode schema = root.deepCopy();
            schema.setAll((ObjectNode) response.get("content").get(type).get("schema"));
            assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
                            .getSchema(schema)
                            .validate(json(answer.body())))
                    .isEmpty();
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return new ObjectMapper().readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode resolved(JsonNode node) {
        return node != null && node.has("$ref")
                ? root.at(node.get("$ref").asText().substring(1))
                : node;
    }
}
