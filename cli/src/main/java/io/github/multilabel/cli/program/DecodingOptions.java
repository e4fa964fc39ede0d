package io.github.multilabel.cli.program;

import io.github.multilabel.core.image.decode.ImageDecoder;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every program that decodes images. */
@Section("Reading images")
public final class DecodingOptions {

    @Option(
            names = "--pixel-limit",
            paramLabel = "N",
            description = "An image whose header declares more pixels is not decoded (default: 100000000, which needs"
                    + " 400 MB to 1.1 GB).")
    private Optional<Long> pixelLimit = Optional.empty();

    /**
     * The decoder of these options.
     *
     * @throws InvalidInputException if an option has a wrong value
     */
    public ImageDecoder decoder() {
        ImageDecoder strict = ImageDecoder.strict();
        return pixelLimit
                .map(limit -> InvalidInputException.ofOption("--pixel-limit", limit, strict::withPixelLimit))
                .orElse(strict);
    }
}
