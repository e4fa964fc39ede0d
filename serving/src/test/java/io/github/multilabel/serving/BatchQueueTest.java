package io.github.multilabel.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.model.internal.calls.ImageLoading.Loaded;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A queue before work whose pace the test sets. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // closing waits for what a failed test does not permit
class BatchQueueTest {

    private static final int BATCH = 2;
    private static final BatchQueue.Limits LIMITS = new BatchQueue.Limits(BATCH, Duration.ZERO, 10);

    /** An image that is being decoded. */
    private record Decoding(String name, CompletableFuture<Loaded> loaded) {

        void end() {
            loaded.complete(new Loaded(name, Optional.of(new Pixels(1, 1, new byte[Pixels.CHANNELS])), ""));
        }

        void fail() {
            loaded.complete(new Loaded(name, Optional.empty(), "broken"));
        }
    }

    /** Images are decoded when the test says so, and batches computed when it permits. */
    private static final class Paced implements BatchQueue.Work {

        private final BlockingQueue<Decoding> decodings = new LinkedBlockingQueue<>();
        private final BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
        private final Semaphore permits = new Semaphore(0);

        @Override
        public CompletableFuture<Loaded> decode(ImageSource image) {
            Decoding begun = new Decoding(image.name(), new CompletableFuture<>());
            decodings.add(begun);
            return begun.loaded;
        }

        @Override
        public PredictionResult refuse(Loaded failed) {
            return new PredictionFailure(failed.source(), failed.problem());
        }

        @Override
        public List<PredictionFailure> compute(List<Loaded> images) {
            batches.add(images.stream().map(Loaded::source).toList());
            permits.acquireUninterruptibly();
            return images.stream()
                    .map(image -> new PredictionFailure(image.source(), "computed"))
                    .toList();
        }

        /** Lets a batch begin that does not end before a permit. */
        List<CompletableFuture<PredictionResult>> occupy(BatchQueue queue) throws InterruptedException {
            List<CompletableFuture<PredictionResult>> answers = queue.add(images("busy", 1));
            decodings.take().end();
            assertThat(batches.take()).containsExactly("busy 0");
            return answers;
        }
    }

    private final Paced work = new Paced();

    private static List<ImageSource> images(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ImageSource.of(name + " " + i, new byte[0]))
                .toList();
    }

    private static String reason(CompletableFuture<PredictionResult> answer) throws Exception {
        return ((PredictionFailure) answer.get()).reason();
    }

    @Test
    void imagesAreDecodedWhileTheModelIsBusyAndMakeTheNextBatch() throws Exception {
        // given a model that is busy
        try (BatchQueue queue = new BatchQueue("test", LIMITS, work)) {
            work.occupy(queue);

            // when images come
            List<CompletableFuture<PredictionResult>> answers = queue.add(images("next", BATCH));

            // then they are decoded meanwhile, and computed together
            work.decodings.take().end();
            work.decodings.take().end();
            work.permits.release(2);
            assertThat(work.batches.take()).containsExactly("next 0", "next 1");
            assertThat(reason(answers.get(1))).isEqualTo("computed");
        }
    }

    @Test
    void noMoreThanTwoBatchesAreHeldDecoded() throws Exception {
        // given a model that is busy
        try (BatchQueue queue = new BatchQueue("test", LIMITS, work)) {
            work.occupy(queue);

            // when more images come than two batches
            List<CompletableFuture<PredictionResult>> answers = queue.add(images("next", 10));

            // then as many are decoded as two batches have, and the others count as waiting all the same
            assertThat(work.decodings).hasSize(2 * BATCH);
            assertThat(queue.size()).isEqualTo(10);
            assertThatExceptionOfType(BusyException.class).isThrownBy(() -> queue.add(images("last", 1)));
            // and they follow as batches are taken
            work.permits.release(10);
            for (int i = 0; i < 10; i++) {
                work.decodings.take().end();
            }
            assertThat(reason(answers.get(9))).isEqualTo("computed");
        }
    }

    @Test
    void aBrokenImageIsAnsweredWithoutTheModelAndMakesRoom() throws Exception {
        // given a model that is busy, and more images than two batches
        try (BatchQueue queue = new BatchQueue("test", LIMITS, work)) {
            work.occupy(queue);
            List<CompletableFuture<PredictionResult>> answers = queue.add(images("next", 2 * BATCH + 1));

            // when one cannot be decoded
            work.decodings.take().fail();

            // then it is answered at once, and the image after the others is decoded
            assertThat(reason(answers.get(0))).isEqualTo("broken");
            assertThat(work.decodings).extracting(Decoding::name).contains("next " + 2 * BATCH);
            work.decodings.forEach(Decoding::end);
            work.permits.release(4);
        }
    }

    @Test
    void whatItsCallerGaveUpIsNeitherDecodedNorComputed() throws Exception {
        // given a model that is busy, and images that are decoded and wait
        try (BatchQueue queue = new BatchQueue("test", LIMITS, work)) {
            work.occupy(queue);
            List<CompletableFuture<PredictionResult>> answers = queue.add(images("next", 2 * BATCH + 2));
            List<Decoding> begun = List.of(work.decodings.take(), work.decodings.take(), work.decodings.take());
            Decoding fourth = work.decodings.take();

            // when the first, being decoded, and the fifth, not yet decoded, are given up
            answers.get(0).cancel(false);
            answers.get(4).cancel(false);
            begun.forEach(Decoding::end);
            fourth.end();

            // then no other waits for them
            Decoding last = work.decodings.take();
            assertThat(last.name()).isEqualTo("next 5");
            last.end();
            work.permits.release(4);
            assertThat(work.batches.take()).containsExactly("next 1", "next 2");
            assertThat(work.batches.take()).containsExactly("next 3", "next 5");
        }
    }

    @Test
    void anErrorOfDecodingFailsItsImageAlone() throws Exception {
        // given two images
        try (BatchQueue queue = new BatchQueue("test", LIMITS, work)) {
            List<CompletableFuture<PredictionResult>> answers = queue.add(images("next", 2));

            // when one ends in an error
            work.decodings.take().loaded.completeExceptionally(new StackOverflowError("deep"));
            work.decodings.take().end();
            work.permits.release(1);

            // then the other is answered
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> answers.get(0).get())
                    .withCauseInstanceOf(StackOverflowError.class);
            assertThat(reason(answers.get(1))).isEqualTo("computed");
        }
    }

    @Test
    void anImageForWhichNoThreadIsLeftFailsAndTheQueueGoesOn() throws Exception {
        // given work that cannot begin with the first image
        BatchQueue.Work failing = new BatchQueue.Work() {

            @Override
            public CompletableFuture<Loaded> decode(ImageSource image) {
                if (image.name().equals("first 0")) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                return work.decode(image);
            }

            @Override
            public PredictionResult refuse(Loaded failed) {
                return work.refuse(failed);
            }

            @Override
            public List<PredictionFailure> compute(List<Loaded> images) {
                return work.compute(images);
            }
        };
        try (BatchQueue queue = new BatchQueue("test", LIMITS, failing)) {
            work.permits.release();

            // when it and another come
            CompletableFuture<PredictionResult> first =
                    queue.add(images("first", 1)).get(0);
            CompletableFuture<PredictionResult> next =
                    queue.add(images("next", 1)).get(0);
            work.decodings.take().end();

            // then it fails alone, and nothing is left that would wait for ever
            assertThat(first).isCompletedExceptionally();
            assertThat(reason(next)).isEqualTo("computed");
        }
    }

    @Test
    void closingAnswersWhatWasTakenInWhateverState() throws Exception {
        // given an image that is computed, one that is decoded, two that are being decoded, and others that wait
        BatchQueue queue = new BatchQueue("test", LIMITS, work);
        List<CompletableFuture<PredictionResult>> first = work.occupy(queue);
        List<CompletableFuture<PredictionResult>> answers = queue.add(images("next", 8));
        work.decodings.take().end();

        // when it is closed
        CompletableFuture<Void> closed = CompletableFuture.runAsync(queue::close);
        work.permits.release(10);
        for (int i = 1; i < 8; i++) {
            work.decodings.take().end();
        }
        closed.get();

        // then all are answered
        assertThat(first).allMatch(CompletableFuture::isDone);
        for (CompletableFuture<PredictionResult> answer : answers) {
            assertThat(reason(answer)).isEqualTo("computed");
        }
        assertThat(queue.size()).isZero();
    }
}
