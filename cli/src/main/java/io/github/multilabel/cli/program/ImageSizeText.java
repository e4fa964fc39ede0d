package io.github.multilabel.cli.program;

import io.github.multilabel.core.image.ImageSize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 224} and {@code 184x272}. */
final class ImageSizeText implements ITypeConverter<ImageSize> {

    @Override
    public ImageSize convert(String text) {
        try {
            return ImageSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
