package io.github.multilabel.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTextTest {

    private final AtomicLong seconds = new AtomicLong();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private final List<String> log = new ArrayList<>();

    private ProgressText progress(boolean terminal) {
        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        return new ProgressText(terminal ? out : null, log::add, () -> TimeUnit.SECONDS.toNanos(seconds.get()));
    }

    private String shown() {
        String text = shown.toString(StandardCharsets.UTF_8);
        shown.reset();
        return text;
    }

    @Test
    void aTerminalHasOneLineThatGoesAwayAtTheEnd() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            ProgressText progress = progress(true);
            progress.onProgress("checking images", 0, 300_000);
            assertThat(shown()).isEmpty();
            seconds.set(10);
            progress.onProgress("checking images", 12_000, 300_000);
            assertThat(shown()).isEqualTo("\rchecking images: 12,000 of 300,000, 4 min left");
            seconds.set(240);
            progress.onProgress("checking images", 299_000, 300_000);
            assertThat(shown()).isEqualTo("\rchecking images: 299,000 of 300,000, 1 s left ");
            progress.onProgress("checking images", 300_000, 300_000);
            assertThat(shown()).isEqualTo("\r" + " ".repeat(45) + "\r");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theLogHasALineEveryTenSecondsAlsoWhileNothingMoves() {
        ProgressText progress = progress(false);
        for (int second = 0; second <= 35; second++) {
            seconds.set(second);
            progress.onProgress("looking for equal images", second < 20 ? 0 : 5, 100_000);
        }
        assertThat(log)
                .containsExactly(
                        "looking for equal images: 0 of 100,000",
                        "looking for equal images: 5 of 100,000, 111.1 h left",
                        "looking for equal images: 5 of 100,000, 166.7 h left");
    }

    @Test
    void theTimeLeftFollowsFromWhatWasGainedSinceTheBeginning() {
        ProgressText progress = progress(false);
        progress.onProgress("downloading cars.tgz (bytes)", 900, 1_000);
        seconds.set(10);
        progress.onProgress("downloading cars.tgz (bytes)", 910, 1_000);
        assertThat(log).containsExactly("downloading cars.tgz (bytes): 910 of 1,000, 90 s left");
    }

    @Test
    void shortTasksSayNothing() {
        ProgressText progress = progress(false);
        for (int task = 0; task < 20; task++) {
            seconds.addAndGet(1);
            progress.onProgress("checking images", 0, 10);
            seconds.addAndGet(1);
            progress.onProgress("checking images", 10, 10);
        }
        assertThat(log).isEmpty();
    }
}
