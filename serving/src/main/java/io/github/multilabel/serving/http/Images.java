package io.github.multilabel.serving.http;

import io.github.multilabel.core.image.ImageSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Attributes;
import org.eclipse.jetty.util.Promise;

/** The images in the body of a request: one as it is, or the parts of a form. */
final class Images {

    private static final String FORM = "multipart/form-data";
    private static final int LONGEST_NAME = 255;
    private static final int LARGEST_HEADERS = 8192;

    private Images() {}

    /**
     * Reads images, which take the names of their files.
     *
     * @param most images of a form
     * @return fails with a {@link Refusal} if the body is not what it says
     * @throws Refusal if the body cannot be images
     */
    static CompletableFuture<List<ImageSource>> read(Call call, int most) {
        String type = call.mediaType();
        if (type.equals(FORM)) {
            return call.body().thenCompose(body -> parts(body, call.contentType(), most));
        }
        if (type.isEmpty() || type.equals("application/octet-stream") || type.startsWith("image/")) {
            String name = call.parameter("name").map(Images::shortened).orElse("image");
            return call.body().thenApply(body -> List.of(image(name, body)));
        }
        throw new Refusal(
                Refusal.UNSUPPORTED_TYPE,
                "the body is '" + shortened(type) + "'; send an image as it is with its type, such as image/jpeg, or"
                        + " several as " + FORM);
    }

    private static ImageSource image(String name, byte[] bytes) {
        if (bytes.length == 0) {
            throw new Refusal(Refusal.BAD_REQUEST, "the body is empty; send the bytes of an image");
        }
        return ImageSource.of(name, bytes);
    }

    private static CompletableFuture<List<ImageSource>> parts(byte[] body, String contentType, int most) {
        MultiPartConfig config = new MultiPartConfig.Builder()
                .maxParts(most + 1) // the one more is counted and told
                .maxHeadersSize(LARGEST_HEADERS)
                .maxMemoryPartSize(-1)
                .useFilesForPartsWithoutFileName(false)
                .build();
        CompletableFuture<MultiPartFormData.Parts> read = new CompletableFuture<>();
        try {
            MultiPartFormData.onParts(
                    Content.Source.from(ByteBuffer.wrap(body)),
                    new Attributes.Mapped(),
                    contentType,
                    config,
                    Promise.Invocable.toPromise(read));
        } catch (RuntimeException e) { // of a boundary that is missing
            throw new Refusal(Refusal.BAD_REQUEST, "the form has no boundary");
        }
        return read.handle((parts, problem) -> {
            if (problem != null) {
                throw new Refusal(Refusal.BAD_REQUEST, "the form cannot be read, or has more than " + most + " parts");
            }
            try (parts) {
                return images(parts);
            }
        });
    }

    private static List<ImageSource> images(MultiPartFormData.Parts parts) {
        List<ImageSource> images = new ArrayList<>();
        for (MultiPart.Part part : parts) {
            String name = Optional.ofNullable(part.getFileName())
                    .or(() -> Optional.ofNullable(part.getName()))
                    .map(Images::shortened)
                    .orElse("image");
            images.add(ImageSource.of(name, bytes(part)));
        }
        return images;
    }

    private static byte[] bytes(MultiPart.Part part) {
        try {
            ByteBuffer content = Content.Source.asByteBuffer(part.getContentSource());
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            return bytes;
        } catch (IOException e) { // from memory
            throw new UncheckedIOException(e);
        }
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
