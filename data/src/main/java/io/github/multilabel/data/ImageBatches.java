package io.github.multilabel.data;

import ai.djl.ndarray.NDManager;
import io.github.multilabel.core.Batches;
import io.github.multilabel.core.DataPass;
import io.github.multilabel.core.MultiLabelBatch;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.core.internal.DecodingPool;
import io.github.multilabel.core.internal.tensors.ImageTensors;
import io.github.multilabel.data.ImageLoader.Loaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One pass: keeps a few batches of images in the making ahead of the one that is asked for. Used by one thread. */
final class ImageBatches implements Batches {

    /** Batches in the making beside the one that is waited for, so that no thread idles between two. */
    private static final int AHEAD = 2;

    private final NDManager manager;
    private final DataPass pass;
    private final List<long[]> plan;
    private final ImageLoader loader;
    private final List<Sample> samples;
    private final SkippedImages skipped;
    private final BadImages policy;
    private final int window;

    private final Deque<List<Future<Loaded>>> started = new ArrayDeque<>();
    private int nextToStart;
    private int handedOut;
    private @Nullable List<Loaded> ready;
    private @Nullable RuntimeException failure;
    private volatile boolean closed;

    ImageBatches(NDManager manager, DataPass pass, ImageDataset data, List<long[]> plan) {
        this.manager = manager;
        this.pass = pass;
        this.plan = plan;
        this.loader = data.loader();
        this.samples = data.samples();
        this.skipped = data.skippedImages();
        this.policy = data.settings().badImages();
        this.nextToStart = Math.min(pass.firstBatch(), plan.size());
        this.handedOut = nextToStart;
        int batchSize = plan.get(0).length;
        this.window = AHEAD + (loader.threads() + batchSize - 1) / batchSize;
    }

    @Override
    public int count() {
        return plan.size();
    }

    @Override
    public boolean hasNext() {
        try {
            while (ready == null && failure == null && !closed && handedOut < plan.size()) {
                prepare();
            }
        } catch (RuntimeException e) {
            failure = e; // for next(), where callers expect it
        }
        return ready != null || failure != null;
    }

    private void prepare() {
        int planned = plan.get(handedOut).length;
        List<Loaded> usable = withoutBad(take());
        handedOut++;
        if (pass.isBatch(usable.size(), planned)) {
            ready = usable;
        }
    }

    @Override
    public MultiLabelBatch next() {
        boolean more = hasNext();
        if (failure != null) {
            RuntimeException thrown = failure;
            close();
            throw thrown;
        }
        List<Loaded> images = ready;
        if (!more || images == null) {
            throw new NoSuchElementException("the pass has no more batches; ask hasNext() first");
        }
        ready = null;
        NDManager owner = manager.newSubManager();
        try {
            List<Pixels> pixels = images.stream()
                    .map(Loaded::pixels)
                    .map(Optional::orElseThrow)
                    .toList();
            return new MultiLabelBatch(
                    owner,
                    ImageTensors.stack(owner, pixels),
                    each(images, Sample::labels),
                    each(images, sample -> sample.image().name()),
                    images.stream().map(Loaded::index).toList(),
                    handedOut - 1L,
                    plan.size());
        } catch (RuntimeException | Error e) {
            owner.close();
            throw e;
        }
    }

    private <T> List<T> each(List<Loaded> images, Function<Sample, T> part) {
        return images.stream()
                .map(image -> part.apply(samples.get(image.index())))
                .toList();
    }

    private List<Loaded> withoutBad(List<Loaded> images) {
        List<Loaded> usable = new ArrayList<>();
        for (Loaded image : images) {
            if (image.bad().isEmpty()) {
                usable.add(image);
            } else if (policy == BadImages.SKIP) {
                skipped.add(image.index(), image.bad().get().skipped());
            } else {
                throw new UncheckedIOException(new IOException(
                        "an image cannot be used: " + image.bad().get().skipped()
                                + ". Replace the file, or leave such images out with optBadImages(BadImages.SKIP)",
                        image.bad().get().failure()));
            }
        }
        return usable;
    }

    /** Waits for the next batch of the plan. */
    private List<Loaded> take() {
        while (started.size() < window && nextToStart < plan.size()) {
            started.add(Arrays.stream(plan.get(nextToStart++))
                    .mapToObj(place -> loader.start(place, pass, () -> closed))
                    .toList());
        }
        List<Loaded> images = new ArrayList<>();
        for (Future<Loaded> future : started.element()) {
            images.add(DecodingPool.await(future));
        }
        started.remove(); // not before: if one of them fails, close() has the others to wait for
        return images;
    }

    /** Waits for the images that are being decoded; those that wait their turn are not begun. */
    @Override
    public void close() {
        closed = true;
        ready = null;
        failure = null;
        while (!started.isEmpty()) {
            started.remove().forEach(ImageBatches::finish);
        }
    }

    private static void finish(Future<Loaded> future) {
        boolean interrupted = false;
        while (!future.isDone()) {
            try {
                future.get();
            } catch (InterruptedException e) {
                interrupted = true; // an abandoned image would go on to use the caller's source
            } catch (ExecutionException e) {
                break; // nobody waits for this image any more
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
