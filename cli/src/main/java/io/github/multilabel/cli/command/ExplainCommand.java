package io.github.multilabel.cli.command;

import ai.djl.MalformedModelException;
import io.github.multilabel.cli.prediction.ExplainedImages;
import io.github.multilabel.cli.prediction.ExplanationPicture;
import io.github.multilabel.cli.prediction.PictureFiles;
import io.github.multilabel.cli.prediction.PredictedImages;
import io.github.multilabel.cli.program.ImageArguments;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.ModelOption;
import io.github.multilabel.cli.program.TerminalProgress;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.core.internal.message.NearMatches;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.explain.GradCam;
import io.github.multilabel.model.explain.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows where a saved model looks in images. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows where a saved model looks.",
            "It draws a PNG for each image: the photo, and for each head a heat map over it (Grad-CAM) of what speaks for"
                    + " the category that is predicted.",
            "The exit code is 0 only if all images could be read."
        },
        footer = {
            "  multilabel explain --model runs/cars/model car.jpg --output maps",
            "  multilabel explain --model runs/cars/model photos --head brand --category Audi --output maps"
        })
public final class ExplainCommand implements Callable<Integer> {

    private static final String OUTPUT = "--output";

    @Mixin
    private final ModelOption model = new ModelOption();

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(
            names = OUTPUT,
            paramLabel = "DIR",
            required = true,
            description = "The folder for the pictures, which bear the names of the images.")
    private Path output;

    @Option(
            names = "--head",
            paramLabel = "HEAD",
            split = "\\s*,\\s*",
            description = "Only these heads (default: all).")
    private List<String> heads = List.of();

    @Option(
            names = "--category",
            paramLabel = "CATEGORY",
            description =
                    "This category of a head, whether it is predicted or not; can be given several times (default:"
                            + " the category that is predicted, and each tag).")
    private List<String> categories = List.of();

    @Option(
            names = "--compare",
            paramLabel = "HEAD,HEAD",
            split = "\\s*,\\s*",
            description = "Also shows the maps of two heads together: what only one of them looks at, and what both.")
    private List<String> compared = List.of();

    @Option(
            names = "--overwrite",
            description = "Replaces pictures; without this option, one that is there is refused.")
    private boolean overwrite;

    @Mixin
    private final ImageArguments images = new ImageArguments();

    @Override
    public Integer call() throws IOException, MalformedModelException {
        InvalidInputException.require(
                compared.isEmpty() || compared.stream().distinct().count() == 2 && compared.size() == 2,
                "--compare " + String.join(",", compared) + ": name two heads, such as --compare brand,type");
        List<ImageSource> found = new PredictedImages(images.tables()).of(images.names());
        Map<Path, ImageSource> pictures = PictureFiles.of(OUTPUT, output, found, overwrite);
        ExplainedImages drawn;
        try (MultiLabelModel loaded = model.load()) {
            List<Target> targets = targets(loaded.heads());
            List<String> shown = targets.stream().map(Target::head).distinct().toList();
            drawn = new ExplainedImages(
                    pictures,
                    images.decoder(),
                    new ExplanationPicture(shown, compared),
                    TerminalProgress.besides(false));
            try (GradCam cam = GradCam.of(loaded)) {
                drawn.write(cam, targets);
            }
        }
        List<String> problems = drawn.problems();
        boolean isEmpty = problems.size() == found.size();
        System.err.println(drawn
                + (isEmpty ? "" : "; the pictures are in " + output)
                + (problems.isEmpty()
                        ? ""
                        : "; the first: " + problems.get(0)
                                + PredictedImages.hint(images.names())
                                        .map(hint -> ". " + hint)
                                        .orElse("")));
        return problems.isEmpty() ? 0 : 1;
    }

    /** What is asked for; a head whose category is named shows that one alone. */
    private List<Target> targets(HeadSet known) {
        HeadSet asked = heads.isEmpty()
                ? known
                : InvalidInputException.check(() -> known.select(Stream.concat(heads.stream(), compared.stream())
                        .distinct()
                        .toList()));
        InvalidInputException.check(() -> known.select(compared.isEmpty() ? known.names() : compared));
        List<Target> named =
                categories.stream().map(category -> named(category, asked)).toList();
        List<Target> targets = new ArrayList<>();
        for (Head head : asked) {
            List<Target> ofHead = named.stream()
                    .filter(target -> target.head().equals(head.name()))
                    .toList();
            boolean isWanted = named.isEmpty() || !heads.isEmpty() || compared.contains(head.name());
            if (ofHead.isEmpty() && isWanted) {
                targets.add(Target.predicted(head.name()));
            }
            targets.addAll(ofHead);
        }
        return targets;
    }

    private static Target named(String category, HeadSet asked) {
        List<String> of = asked.stream()
                .filter(head -> head.categories().contains(category))
                .map(Head::name)
                .toList();
        InvalidInputException.require(
                !of.isEmpty(),
                "--category " + category + ": no head among " + asked.names() + " has it; of their categories "
                        + NearMatches.thereAre(
                                category,
                                asked.stream()
                                        .flatMap(head -> head.categories().stream())
                                        .toList()));
        InvalidInputException.require(
                of.size() == 1, "--category " + category + ": the heads " + of + " have it; say which with --head");
        return Target.category(of.get(0), category);
    }
}
