package io.github.multilabel.serving.http;

import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.model.explain.Target;
import io.github.multilabel.serving.HeatPicture;
import io.github.multilabel.serving.ServedModel;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Shows where a model looks in an image. One at a time is drawn, so that predictions go on beside it. */
final class ExplainEndpoint implements Endpoint, AutoCloseable {

    private static final int MOST_WAITING = 16;

    private final Models models;
    private final ExecutorService drawing;

    ExplainEndpoint(Models models) {
        this.models = models;
        drawing = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
            Thread thread = new Thread(task, "multilabel-serving-explain");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public CompletableFuture<Answer> answer(Call call) {
        ServedModel model = models.asked(call);
        String head = call.parameter("head")
                .orElseThrow(() -> new Refusal(
                        Refusal.BAD_REQUEST,
                        "name a head, such as /explain?head="
                                + model.info().heads().names().get(0)));
        Target target = new Target(head, call.parameter("category"));
        return Images.read(call, 1).thenCompose(images -> {
            if (images.size() != 1) {
                throw new Refusal(Refusal.BAD_REQUEST, "send one image; " + images.size() + " came");
            }
            try {
                return CompletableFuture.supplyAsync(() -> draw(model, images.get(0), target), drawing);
            } catch (RejectedExecutionException e) {
                throw Refusal.busy(MOST_WAITING + " images wait to be explained; try again in a moment");
            }
        });
    }

    private static Answer draw(ServedModel model, ImageSource image, Target target) {
        try {
            Optional<HeatPicture> picture = model.explain(image, target);
            return picture.map(found -> Answer.of("image/png", found.png()))
                    .orElseThrow(() -> new Refusal(
                            Refusal.UNUSABLE, "head '" + target.head() + "' predicts nothing; name a category"));
        } catch (IOException e) {
            throw new Refusal(Refusal.UNUSABLE, Models.inWordsOfClients(String.valueOf(e.getMessage())));
        } catch (UnsupportedOperationException e) {
            throw new Refusal(Refusal.NOT_IMPLEMENTED, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) { // an unknown head or category
            throw new Refusal(Refusal.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        drawing.shutdown();
    }
}
