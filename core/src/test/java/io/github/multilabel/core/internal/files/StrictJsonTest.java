package io.github.multilabel.core.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.google.gson.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs twice: with the newest Gson, and with the oldest that applications may bring. */
class StrictJsonTest {

    @Test
    void everyKindOfValueIsRead() throws IOException {
        JsonObject json = StrictJson.object(
                "\ufeff{ \"text\": \"Š\\u0160\\n\\\"\\\\\\/\", \"whole\": -12, \"real\": 1.5e-3, \"yes\": true,\r\n"
                        + "\t\"no\": false, \"nothing\": null, \"list\": [1, [2], {}], \"object\": {\"a\": {}} }\n");
        assertThat(json.get("text").getAsString()).isEqualTo("ŠŠ\n\"\\/");
        assertThat(json.get("whole").getAsInt()).isEqualTo(-12);
        assertThat(json.get("real").getAsDouble()).isEqualTo(0.0015);
        assertThat(json.get("yes").getAsBoolean()).isTrue();
        assertThat(json.get("no").getAsBoolean()).isFalse();
        assertThat(json.get("nothing").isJsonNull()).isTrue();
        assertThat(json.get("list").getAsJsonArray()).hasSize(3);
        assertThat(json.get("object")).hasToString("{\"a\":{}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "3",
                "{",
                "{\"a\":1",
                "{\"a\"}",
                "{\"a\":1}}",
                "{\"a\":1} {}",
                "{\"a\":1},",
                "{\"a\":1,}",
                "{\"a\":[1,]}",
                "{\"a\":[1,,2]}",
                "{\"a\":1;\"b\":2}",
                "{\"a\"=1}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":'b'}",
                "{\"a\":b}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":TRUE}",
                "{\"a\":True}",
                "{\"a\":Null}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":0x10}",
                "{\"a\":1} // done",
                "{/* one */\"a\":1}",
                "# one\n{\"a\":1}",
                ")]}'\n{\"a\":1}",
                "{\"a\":\"two\nlines\"}",
                "{\"a\":\"a\ttab\"}",
                "{\"a\":\"\u0000\"}",
                "{\"a\":\"\\'\"}",
                "{\"a\":\"\\\n\"}",
                "{\"a\":\"\\x41\"}",
                "{\"a\":\"\\u00zz\"}",
                "{\"a\":\"\\u00"
            })
    void whatIsNotOneObjectOfStrictJsonIsRefused(String text) {
        assertThatIOException().isThrownBy(() -> StrictJson.object(text)).satisfies(e -> assertThat(e.getMessage())
                .matches("not (valid JSON|one JSON object).*"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"a\":2}|not valid JSON: 'a' appears twice, the second time at $.a",
                "{\"x\":[{\"b\":1,\"c\":2,\"b\":3}]}|not valid JSON: 'b' appears twice, the second time at $.x[0].b",
                "{\"a\":[1,NaN]}|not valid JSON at $.a[1], line 1, column 9: 'NaN' is no number of JSON",
                "{\"a\":1 // one}|not valid JSON at $.a, line 1, column 8: JSON has no comments",
                "{\"a # b\":1|not valid JSON at $.a # b, line 1, column 11: it ends too early",
                "{\"a\":1} {}|not one JSON object: something stands after its end",
                "{\"a\":b}|not valid JSON at $.a, line 1, column 6: 'b' must be in double quotes",
                "{\"a\":FALSE}|not valid JSON: 'FALSE' must be in small letters, at character 6",
                "{\"a\":\"\\q\"}|not valid JSON: a text has an unknown escape, at character 8"
            })
    void theMessageTellsWhere(String text, String message) {
        assertThatIOException().isThrownBy(() -> StrictJson.object(text)).withMessage(message);
    }

    @Test
    void whatWouldTakeLongOrTheStackIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> StrictJson.object("{\"a\":" + "[".repeat(200_000)))
                .withMessage("not valid JSON: it is nested more than 250 deep");
        assertThatIOException()
                .isThrownBy(() -> StrictJson.object("{\"a\":" + "9".repeat(1_000_000) + "}"))
                .withMessage("not valid JSON: it has a number of 1000000 digits, at character 6");
        assertThatIOException()
                .isThrownBy(() -> StrictJson.object("{\"" + "x".repeat(1_000_000) + "\":nan}"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }
}
