package io.github.multilabel.cli.program;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a file or folder. An empty one, such as a variable of the shell that is not set, names nothing. */
public final class PathName implements ITypeConverter<Path> {

    @Override
    public Path convert(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("it is empty; name a file or folder, or '.' for the current folder");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("it cannot be the name of a file or folder: " + e.getReason());
        }
    }

    /**
     * The path that an option names whose value may also be a word.
     *
     * @throws InvalidInputException naming the option
     */
    public static Path of(String option, String text) {
        try {
            return new PathName().convert(text);
        } catch (TypeConversionException e) {
            throw new InvalidInputException(option + ": " + e.getMessage());
        }
    }
}
