package io.github.multilabel.data.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a label loses when it is read, and what it keeps. */
class LabelTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SUV",
                " SUV\t",
                "\u00a0SUV\u202f",
                "SUV\u200e",
                "\u200fSUV",
                "S\u00adUV",
                "SUV\u2060",
                "\ufeffSUV",
                "S\u200bUV",
                "SUV\u200d",
                "\u200cSUV",
                "S\u034fUV",
                "SUV\ufe0f",
                "\u2066SUV\u2069",
                "SUV\u3164",
                "\u2800SUV",
                "SUV\udb40\udc41",
                "SU\u200dV",
                "\u061cSUV",
                "SUV\u180e",
                "SUV\r\n"
            })
    void whatNobodySeesIsLost(String written) {
        assertThat(LabelText.clean(written)).isEqualTo("SUV");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", // a family
                "\ud83d\udc4d\ud83c\udffd", // a thumb of some colour
                "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f", // Scotland
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", // a Persian word
                "\u0915\u094d\u200d\u0937", // Devanagari
                "S U V",
                "a  b",
                "\u0160koda",
                "\u6c7d\u8f66"
            })
    void whatMakesADifferenceIsKept(String label) {
        assertThat(LabelText.clean(label)).isEqualTo(label);
    }

    @Test
    void theSignThatAnEmojiIsOneIsLostSinceManyToolsLeaveItOut() {
        assertThat(LabelText.clean("\u2764\ufe0f")).isEqualTo("\u2764");
        assertThat(LabelText.clean("\ud83d\udc68\u200d\u2764\ufe0f\u200d\ud83d\udc68"))
                .isEqualTo("\ud83d\udc68\u200d\u2764\u200d\ud83d\udc68");
    }

    @Test
    void cleaningTwiceIsCleaningOnce() {
        Random random = new Random(1);
        int[] odd = {
            0x200d, 0x200c, 0xfe0f, 0xad, 0x20, 0xa0, 0x300, 0x1f468, 0xe0067, 0x1f3f4, 0x94d, 0x915, 0x627, 'e', '-',
            0xd800
        };
        for (int trial = 0; trial < Integer.getInteger("hostile.trials", 50); trial++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.appendCodePoint(random.nextBoolean() ? odd[random.nextInt(odd.length)] : random.nextInt(0x110000));
            }
            String once = LabelText.clean(text.toString());
            assertThat(LabelText.clean(once)).as("of %s", text).isEqualTo(once);
        }
    }
}
