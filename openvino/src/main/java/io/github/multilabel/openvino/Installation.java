package io.github.multilabel.openvino;

import io.github.multilabel.core.internal.files.FileFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where OpenVINO lies on this machine, and its library, loaded once. */
final class Installation {

    static final Installation INSTANCE =
            new Installation(LibraryPlaces.of(System.getenv()), new LibraryJar(Installation.class.getClassLoader()));

    private final LibraryPlaces places;
    private final LibraryJar jar;
    private @Nullable OpenVinoLibrary loaded;
    private @Nullable String problem;

    Installation(LibraryPlaces places, LibraryJar jar) {
        this.places = places;
        this.jar = jar;
    }

    /** Why it cannot be loaded, and what to do; empty if it is loaded. */
    synchronized Optional<String> problem() {
        if (loaded == null && problem == null) {
            load();
        }
        return Optional.ofNullable(problem);
    }

    /** @throws IllegalStateException if there is a problem */
    synchronized OpenVinoLibrary library() {
        problem().ifPresent(found -> {
            throw new IllegalStateException(found);
        });
        return Objects.requireNonNull(loaded);
    }

    private void load() {
        try {
            Optional<Path> file = find();
            if (file.isEmpty()) {
                problem = "OpenVINO is not found; " + places.searched()
                        + " and in jars on the class path; set OPENVINO_LIB_PATH to the folder of libopenvino_c, for"
                        + " example the folder openvino/libs of the PyPI package openvino, unpacked";
                return;
            }
            loaded = new OpenVinoLibrary(file.get());
        } catch (IOException e) {
            problem = "OpenVINO cannot be unpacked from its jar: " + FileFailure.message(e)
                    + "; -Djava.io.tmpdir=DIR names a folder with room for it";
        } catch (UnsatisfiedLinkError | IllegalStateException e) {
            problem = "OpenVINO cannot be loaded: " + e.getMessage()
                    + "; it must be for this system and processor, and lie beside its other libraries";
        }
    }

    private Optional<Path> find() throws IOException {
        Optional<Path> installed = places.find();
        if (installed.isPresent()) {
            return installed;
        }
        return jar.unpack().flatMap(folder -> new LibraryPlaces(List.of(folder)).find());
    }
}
