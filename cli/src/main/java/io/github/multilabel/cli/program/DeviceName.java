package io.github.multilabel.cli.program;

import ai.djl.Device;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code cpu}, {@code gpu} and {@code gpu1}. */
final class DeviceName implements ITypeConverter<Device> {

    private static final Pattern GPU = Pattern.compile("gpu(\\d{0,3})");

    @Override
    public Device convert(String name) {
        Matcher gpu = GPU.matcher(name.toLowerCase(Locale.ROOT));
        if (gpu.matches()) {
            return Device.gpu(gpu.group(1).isEmpty() ? 0 : Integer.parseInt(gpu.group(1)));
        }
        if (name.equalsIgnoreCase("cpu")) {
            return Device.cpu();
        }
        throw new TypeConversionException("'" + name + "' is no device; there are cpu, gpu (the first) and, of several,"
                + " gpu0, gpu1 and so on");
    }
}
