package io.github.multilabel.cli.program;

import io.github.multilabel.data.augment.Augmentation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Finds the preset that an option names. */
public final class AugmentationName implements ITypeConverter<Augmentation> {

    @Override
    public Augmentation convert(String name) {
        try {
            return Augmentation.byName(name);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
