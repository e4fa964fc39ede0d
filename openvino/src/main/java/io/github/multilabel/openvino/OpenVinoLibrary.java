package io.github.multilabel.openvino;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.file.Path;
import java.util.function.ToIntFunction;

/** The loaded native library. It stays loaded as long as the process. */
final class OpenVinoLibrary {

    private final OpenVino functions;
    private final Pointer core;
    private final String version;

    /**
     * Loads the library.
     *
     * @param file {@code libopenvino_c.so} or what it is called on this system
     * @throws UnsatisfiedLinkError if it, or what it needs, cannot be loaded, or is another library
     * @throws IllegalStateException if OpenVINO cannot start
     */
    OpenVinoLibrary(Path file) {
        functions = Native.load(file.toString(), OpenVino.class);
        OpenVino.Version found = new OpenVino.Version();
        require("tell its version", functions.ov_get_openvino_version(found));
        version = found.buildNumber.getString(0);
        functions.ov_version_free(found);
        core = pointer("start", functions::ov_core_create);
    }

    OpenVino functions() {
        return functions;
    }

    Pointer core() {
        return core;
    }

    /** Such as {@code 2026.4.1-22000-...}. */
    String version() {
        return version;
    }

    /** @throws IllegalStateException if the status is not that of success */
    void require(String what, int status) {
        if (status != 0) {
            throw new IllegalStateException("OpenVINO could not " + what + ": " + reason(status));
        }
    }

    /** What a function gives at the place that it is passed. */
    Pointer pointer(String what, ToIntFunction<PointerByReference> function) {
        PointerByReference result = new PointerByReference();
        require(what, function.applyAsInt(result));
        return result.getValue();
    }

    private String reason(int status) {
        Pointer message = functions.ov_get_last_err_msg();
        if (message == null) {
            return "status " + status;
        }
        try {
            return message.getString(0).strip().replaceAll("\\s*\\n\\s*", "; ") + " (status " + status + ")";
        } finally {
            functions.ov_free(message);
        }
    }
}
