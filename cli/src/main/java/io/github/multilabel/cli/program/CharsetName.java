package io.github.multilabel.cli.program;

import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.core.internal.message.NearMatches;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Finds the encoding that an option names. */
final class CharsetName implements ITypeConverter<Charset> {

    @Override
    public Charset convert(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new TypeConversionException("'" + Excerpt.of(name)
                    + "' is no encoding that this Java knows; there are"
                    + " UTF-8, UTF-16, windows-1252, ISO-8859-1, Shift_JIS, GB18030 and others"
                    + NearMatches.question(name, Charset.availableCharsets().keySet()));
        }
    }
}
