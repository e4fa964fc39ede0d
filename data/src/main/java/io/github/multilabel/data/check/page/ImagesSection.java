package io.github.multilabel.data.check.page;

import io.github.multilabel.data.check.ImageFacts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** How large the images are, of which shapes and formats. */
final class ImagesSection {

    private static final List<Bin> SIDES = List.of(
            new Bin("below 32", 32),
            new Bin("32 to 63", 64),
            new Bin("64 to 127", 128),
            new Bin("128 to 223", 224),
            new Bin("224 to 511", 512),
            new Bin("512 to 1,023", 1_024),
            new Bin("1,024 to 2,047", 2_048),
            new Bin("2,048 and more", Double.POSITIVE_INFINITY));

    private static final List<Bin> RATIOS = List.of(
            new Bin("narrower than 1:2", 0.5),
            new Bin("1:2 to 3:4", 0.75),
            new Bin("3:4 to square", 0.95),
            new Bin("about square", 1.05),
            new Bin("square to 4:3", 4 / 3.0),
            new Bin("4:3 to 3:2", 1.5),
            new Bin("3:2 to 2:1", 2),
            new Bin("2:1 and wider", Double.POSITIVE_INFINITY));

    private final List<ImageFacts> images;

    ImagesSection(List<ImageFacts> images) {
        this.images = images;
    }

    /** @param end the first number beyond it */
    private record Bin(String name, double end) {}

    void write(Html html) {
        html.element("h2", "Images");
        if (images.isEmpty()) {
            html.element("p", "None can be decoded.");
            return;
        }
        List<ImageFacts> bySize = images.stream()
                .sorted(Comparator.comparingLong(image -> (long) image.height() * image.width()))
                .toList();
        html.element(
                "p",
                "Width and height of those that can be decoded: from " + size(bySize.get(0)) + " to "
                        + size(bySize.get(images.size() - 1)) + " pixels, half of them up to "
                        + size(bySize.get((images.size() - 1) / 2)) + ".");
        html.markup("<div class=\"cards narrow\">\n");
        histogram(html, "Shorter side", "pixels", SIDES, ImageFacts::shorterSide);
        histogram(html, "Shape", "width by height", RATIOS, ImageFacts::aspectRatio);
        formats(html);
        html.markup("</div>\n");
    }

    private static String size(ImageFacts image) {
        return Html.number(image.width()) + " \u00d7 " + Html.number(image.height());
    }

    private void histogram(
            Html html, String title, String caption, List<Bin> bins, ToDoubleFunction<ImageFacts> measure) {
        Bars bars = new Bars(caption, List.of("rows"));
        double start = 0;
        for (Bin bin : bins) {
            double from = start;
            long count = images.stream()
                    .mapToDouble(measure)
                    .filter(value -> value >= from && value < bin.end())
                    .count();
            bars.addOwn(bin.name(), new long[] {count}, List.of(Html.number(count)));
            start = bin.end();
        }
        card(html, title, bars);
    }

    private void formats(Html html) {
        Map<String, Long> counts =
                images.stream().collect(Collectors.groupingBy(ImageFacts::format, TreeMap::new, Collectors.counting()));
        Bars bars = new Bars("by their bytes", List.of("rows"));
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(format -> bars.addOwn(
                        format.getKey(), new long[] {format.getValue()}, List.of(Html.number(format.getValue()))));
        card(html, "Format", bars);
    }

    private static void card(Html html, String title, Bars bars) {
        html.markup("<section>").element("h3", title);
        bars.write(html);
        html.markup("</section>\n");
    }
}
