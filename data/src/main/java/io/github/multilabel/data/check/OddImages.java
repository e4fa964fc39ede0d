package io.github.multilabel.data.check;

import io.github.multilabel.data.Finding;
import io.github.multilabel.data.Finding.Kind;
import io.github.multilabel.data.Finding.Severity;
import io.github.multilabel.data.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Images from which little can be learned. Where half of all are so, that is how the data is, and no finding. */
final class OddImages {

    /** A shorter side below this is tiny. */
    private static final int TINY = 32;

    private final List<Inspection> inspections;
    private final Places places;
    private final long decoded;
    private final List<Finding> findings = new ArrayList<>();

    private OddImages(List<Sample> samples, List<Inspection> inspections) {
        this.inspections = inspections;
        this.places = new Places(samples);
        this.decoded = inspections.stream().filter(each -> each.facts() != null).count();
    }

    static List<Finding> of(List<Sample> samples, List<Inspection> inspections) {
        OddImages odd = new OddImages(samples, inspections);
        Predicate<ImageFacts> tiny = image -> image.shorterSide() < TINY;
        odd.add(Kind.TINY_IMAGE, tiny, image -> "it has " + image.width() + " x " + image.height() + " pixels");
        odd.add(Kind.GREY_IMAGE, ImageFacts::grey, image -> "it has no colour, and most others have");
        odd.add(
                Kind.BLURRED_IMAGE,
                tiny.negate().and(image -> image.sharpness() < Sharpness.BLURRED),
                image -> "it is blurred, or shows next to nothing: the variance of its Laplacian is "
                        + Math.round(image.sharpness()) + ", below " + Math.round(Sharpness.BLURRED));
        return odd.findings;
    }

    private void add(Kind kind, Predicate<ImageFacts> odd, Function<ImageFacts, String> reason) {
        List<Finding> found = new ArrayList<>();
        IntStream.range(0, inspections.size()).forEach(row -> {
            ImageFacts image = inspections.get(row).facts();
            if (image != null && odd.test(image)) {
                found.add(new Finding(kind, Severity.INFO, List.of(row), places.of(row) + ": " + reason.apply(image)));
            }
        });
        if (2L * found.size() < decoded) {
            findings.addAll(found);
        }
    }
}
