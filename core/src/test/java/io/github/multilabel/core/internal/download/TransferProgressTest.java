package io.github.multilabel.core.internal.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TransferProgressTest {

    private final AtomicLong millis = new AtomicLong(1_000_000);
    private final List<Long> reports = new ArrayList<>();

    private final TransferProgress progress = new TransferProgress(
            RemoteFile.sha256("weights.bin", 0, ""),
            (task, done, total) -> reports.add(done),
            () -> TimeUnit.MILLISECONDS.toNanos(millis.get()));

    @Test
    void whatHasComeIsReportedTwiceASecondAlsoWhileNothingComes() {
        progress.begin(100, 10_000);
        for (int i = 1; i <= 20; i++) {
            millis.addAndGet(100);
            progress.received(10);
        }
        for (int i = 1; i <= 10; i++) {
            millis.addAndGet(100);
            progress.waiting();
        }
        progress.end();
        assertThat(reports).containsExactly(100L, 150L, 200L, 250L, 300L, 300L, 300L, 10_000L);
    }

    @Test
    void nothingIsReportedOfAFileWhoseSizeIsNotKnown() {
        progress.begin(0, 0);
        millis.addAndGet(1000);
        progress.received(10);
        progress.end();
        assertThat(reports).isEmpty();
    }
}
