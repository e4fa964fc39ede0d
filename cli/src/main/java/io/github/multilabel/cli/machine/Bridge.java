package io.github.multilabel.cli.machine;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;

/** The bridge between DJL and PyTorch's native library, which an application brings. */
public final class Bridge {

    private static final String PROPERTIES = "/jnilib/pytorch.properties";

    private Bridge() {}

    /**
     * Its version, which is that of PyTorch and that of DJL, such as {@code 2.7.1-0.36.0}. PyTorch is not loaded.
     *
     * @return empty if it is not on the class path
     */
    public static Optional<String> version() {
        try (InputStream in = Bridge.class.getResourceAsStream(PROPERTIES)) {
            if (in == null) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            properties.load(in);
            return Optional.ofNullable(properties.getProperty("jni_version"));
        } catch (IOException e) {
            return Optional.empty(); // a jar that is cut off: loading PyTorch says more
        }
    }
}
