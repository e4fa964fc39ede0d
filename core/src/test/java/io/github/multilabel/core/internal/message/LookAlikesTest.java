package io.github.multilabel.core.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that people take for the same. */
class LookAlikesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "suv",
                "Suv",
                " SUV ",
                "S U V",
                "S.U.V.",
                "s-u-v",
                "s_u_v",
                "\uff33\uff35\uff36",
                "SUV\u200e",
                "S\u00adUV",
                "SUV\u2060",
                "S\u034fUV",
                "\u0405U\u200bV",
                "'SUV'",
                "\u201eSUV\u201c",
                "SUV\ufff9",
                "SU\ufffcV",
                "\ue000SUV",
                "SUV,",
                "SUV:"
            })
    void whatIsPrintedAlikeIsAlike(String name) {
        assertThat(LookAlikes.fold(name)).isEqualTo(LookAlikes.fold("SUV"));
    }

    @ParameterizedTest
    @CsvSource({
        "Citroen, Citro\u00ebn",
        "O'Neil, O\u2019Neil",
        "Sport-Back, Sport\u2014Back",
        "Sport\u2013Back, SportBack",
        "stra\u00dfe, STRASSE",
        "\u0412\u041cW, BMW",
        "\u0391udi, Audi",
        "\u0160koda, S\u030ckoda",
        "I, \u0131",
        "K\u00f8ln, Koln",
        "\u0141\u00f3d\u017a, Lodz"
    })
    void accentsDashesQuotesAndForeignLettersMakeNoDifference(String one, String other) {
        assertThat(LookAlikes.fold(one)).isEqualTo(LookAlikes.fold(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "01", "1.0", "1,0", "1.", "+1", "1e0", "\uff11", "0001.000", "1\u200b", "\u0661", "\u0967.0"
            })
    void oneNumberIsAlike(String number) {
        assertThat(LookAlikes.fold(number)).isEqualTo("1");
        assertThat(LookAlikes.isNumber(number)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1; 10",
                "1; -1",
                "1.0; 10",
                "2-0; 20",
                "A; A-",
                "A-; A+",
                "C; C#",
                "C; C++",
                "1.6; 16",
                "a1.6; a16",
                "\u304b; \u304c",
                "\u0438; \u0439",
                "\u0e01\u0e34; \u0e01\u0e35",
                "1,000; 1",
                "4; 4x4",
                "1 l; 1",
                "1 l; 1 t",
                "1.5 l; 15 l",
                "5 km; 5 km/h",
                "3D; 2D",
                "-; ?"
            })
    void whatPeopleTellApartIsNotAlike(String one, String other) {
        assertThat(LookAlikes.fold(one)).isNotEqualTo(LookAlikes.fold(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1.5 l; 1,5l",
                "1.50 L; 1.5 l",
                "10%; 10.0 %",
                "\u20ac5; \u20ac 5",
                "5.00 \u20ac; 5\u20ac",
                "1,000 km; 1000km"
            })
    void aNumberWithItsUnitIsAlikeHoweverTheNumberIsWritten(String one, String other) {
        assertThat(LookAlikes.fold(one)).isEqualTo(LookAlikes.fold(other));
    }

    @Test
    void thousandsMayBeSeparated() {
        assertThat(LookAlikes.fold("1,234,567.50")).isEqualTo(LookAlikes.fold("1234567.5"));
    }

    @Test
    void veryLongDigitsAreNoNumber() {
        assertThat(LookAlikes.isNumber("9".repeat(100_000))).isFalse();
        assertThat(LookAlikes.isNumber("1e999")).isTrue();
        assertThat(LookAlikes.isNumber("1e9999")).isFalse();
    }

    @Test
    void whatTheScreenDoesNotShowIsToldByNumber() {
        assertThat(LookAlikes.describe(List.of("BMW", "\u0412MW"))).isEqualTo("'BMW' and '\u0412MW' (with U+0412)");
        assertThat(LookAlikes.describe(List.of("SUV\ufff9"))).isEqualTo("'SUV\ufff9' (with U+FFF9)");
        assertThat(LookAlikes.describe(List.of("BMW", "bmw"))).isEqualTo("'BMW' and 'bmw'");
    }
}
