package io.github.multilabel.cli.program;

import io.github.multilabel.data.augment.Augmentation;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Finds the preset that an option names. */
public final class AugmentationName implements ITypeConverter<Augmentation> {

    @Override
    public Augmentation convert(String name) {
        try {
            return Augmentation.byName(name.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
