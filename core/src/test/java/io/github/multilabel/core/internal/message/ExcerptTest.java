package io.github.multilabel.core.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void whatIsShortIsQuotedAsItIs() {
        assertThat(Excerpt.of("Škoda 😀")).isEqualTo("Škoda 😀");
        assertThat(Excerpt.of((Object) null)).isEqualTo("null");
        assertThat(Excerpt.of(List.of("brand", "type"))).isEqualTo("[brand, type]");
        assertThat(Excerpt.of(List.of())).isEqualTo("[]");
        assertThat(Excerpt.lines(List.of("missing a", "missing b"))).isEqualTo("\n- missing a\n- missing b");
    }

    @Test
    void aLongTextIsCutAndItsLengthTold() {
        assertThat(Excerpt.of("x".repeat(120))).hasSize(120);
        assertThat(Excerpt.of("x".repeat(10_000_000))).isEqualTo("x".repeat(120) + "... (10,000,000 characters)");
        assertThat(Excerpt.of("😀".repeat(200))).isEqualTo("😀".repeat(120) + "... (400 characters)");
    }

    @Test
    void manyValuesAreCutAndTheirNumberTold() {
        List<String> names =
                IntStream.range(0, 100_000).mapToObj(i -> "head" + i).toList();
        assertThat(Excerpt.of(names)).hasSizeLessThan(200).endsWith("head11, ... (100,000 in all)]");
        assertThat(Excerpt.lines(names))
                .contains("\n- head39\n- ... (100,000 in all)")
                .doesNotContain("head40");
    }

    @Test
    void nothingPassesForAnotherLineOfTheLog() {
        assertThat(Excerpt.of("a\nERROR\tb\u001b[2J")).isEqualTo("a?ERROR?b?[2J");
    }
}
