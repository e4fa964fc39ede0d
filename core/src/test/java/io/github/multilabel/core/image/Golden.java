package io.github.multilabel.core.image;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads what golden/images.py wrote. */
final class Golden {

    private Golden() {}

    static List<JsonObject> cases(String file, String list) throws IOException {
        try (Reader reader =
                new InputStreamReader(Golden.class.getResourceAsStream("/golden/" + file), StandardCharsets.UTF_8)) {
            JsonObject all = JsonParser.parseReader(reader).getAsJsonObject();
            return StreamSupport.stream(all.getAsJsonArray(list).spliterator(), false)
                    .map(element -> element.getAsJsonObject())
                    .toList();
        }
    }
}
