package io.github.multilabel.benchmarks;

import ai.djl.MalformedModelException;
import ai.djl.nn.Parameter;
import io.github.multilabel.cars.synthetic.DrawnCar;
import io.github.multilabel.core.image.Pixels;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.explain.Explanation;
import io.github.multilabel.model.explain.GradCam;
import io.github.multilabel.model.explain.HeatMap;
import io.github.multilabel.model.explain.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Whether heat maps show where a model looks, on drawn cars of which it is known where brand and type can be seen: the
 * share of the heat that lies there, beside the share of the area, for the model and for one with random weights. And
 * the sanity check of Adebayo et al. 2018: how far the map stays the same when the weights of the heads, of the last
 * stage too, or of all layers are random.
 */
@Command(name = "HeatOnCars", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class HeatOnCars implements Callable<Integer> {

    private static final int RANDOM = 99;

    @SuppressWarnings("NullAway.Init") // it is required
    @Option(names = "--model", required = true, description = "a folder that a training on synthetic cars saved")
    private Path model;

    @Option(names = "--cars", defaultValue = "100", description = "how many")
    private int count;

    @Option(names = "--size", defaultValue = "128", description = "of the drawings, in pixels")
    private int size;

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new HeatOnCars()).execute(args));
    }

    @Override
    public Integer call() throws IOException, MalformedModelException {
        List<DrawnCar> cars = DrawnCar.draw(count, size, 1);
        List<Pixels> photos = cars.stream().map(DrawnCar::image).toList();
        try (MultiLabelModel trained = MultiLabelModel.load(model)) {
            List<Explanation> maps = explained(trained, photos);
            System.out.printf(Locale.ROOT, "agreement of brand with type: %.2f%n", mean(maps, one -> one.first("brand")
                    .agreement(one.first("type"))));
            List<String> last = lastStage(trained);
            Map<String, Predicate<String>> randomised = Map.of(
                    "1 heads", name -> !name.startsWith("backbone."),
                    "2 heads and last stage",
                            name -> !name.startsWith("backbone.")
                                    || last.stream().anyMatch(layer -> name.startsWith("backbone." + layer)),
                    "3 all", name -> true);
            shares("trained", cars, maps);
            for (String what : randomised.keySet().stream().sorted().toList()) {
                try (MultiLabelModel changed = MultiLabelModel.load(model)) {
                    randomise(changed, randomised.get(what));
                    List<Explanation> others = again(changed, photos, maps);
                    shares("random " + what, cars, others);
                    for (String head : List.of("brand", "type")) {
                        double alike = mean(IntStream.range(0, count).boxed().toList(), i -> maps(maps, head)
                                .get(i)
                                .correlation(maps(others, head).get(i)));
                        System.out.printf(Locale.ROOT, "  %s: correlation with the trained map %.2f%n", head, alike);
                    }
                }
            }
        }
        return 0;
    }

    private List<Explanation> explained(MultiLabelModel trained, List<Pixels> photos) {
        try (GradCam cam = GradCam.of(trained)) {
            List<Explanation> maps = cam.explainAll(photos, targets()); // the first call warms up
            long start = System.nanoTime();
            maps = cam.explainAll(photos, targets());
            double each = (System.nanoTime() - start) / 1e6 / count / targets().size();
            System.out.printf(Locale.ROOT, "%.1f ms an image and head, in batches%n", each);
            return maps;
        }
    }

    private static List<Target> targets() {
        return List.of(Target.predicted("brand"), Target.predicted("type"));
    }

    private static List<HeatMap> maps(List<Explanation> of, String head) {
        return of.stream().map(one -> one.first(head)).toList();
    }

    /** The maps of the same categories by another model. */
    private static List<Explanation> again(MultiLabelModel other, List<Pixels> photos, List<Explanation> of) {
        try (GradCam cam = GradCam.of(other)) {
            return IntStream.range(0, photos.size())
                    .mapToObj(i -> cam.explain(
                            photos.get(i),
                            of.get(i).maps().stream()
                                    .map(map -> Target.category(map.head(), map.category()))
                                    .toList()))
                    .toList();
        }
    }

    private static List<String> lastStage(MultiLabelModel model) {
        List<List<String>> stages = model.network().orElseThrow().stages().values().stream()
                .filter(layers -> model.block().parametersByName().keySet().stream()
                        .anyMatch(
                                name -> layers.stream().anyMatch(layer -> name.startsWith("backbone." + layer + "."))))
                .toList();
        return stages.get(stages.size() - 1);
    }

    private static void randomise(MultiLabelModel model, Predicate<String> which) throws IOException {
        try (MultiLabelModel fresh = MultiLabelModel.create(
                Backbones.of(model.network().orElseThrow(), model.preprocessing()),
                model.heads(),
                model.headLayers(),
                model.preprocessing(),
                false,
                model.manager().getDevice(),
                RANDOM)) {
            Map<String, Parameter> from = fresh.block().parametersByName();
            model.block().parametersByName().forEach((name, parameter) -> {
                if (which.test(name)) {
                    parameter.getArray().set(from.get(name).getArray().toFloatArray());
                }
            });
        }
    }

    private void shares(String what, List<DrawnCar> cars, List<Explanation> maps) {
        share(what, "brand", maps, cars.stream().map(DrawnCar::ofBrand).toList());
        share(what, "type", maps, cars.stream().map(DrawnCar::ofType).toList());
    }

    private void share(String what, String head, List<Explanation> maps, List<boolean[]> cues) {
        int place = size / maps.get(0).first(head).height();
        List<boolean[]> near = cues.stream().map(cue -> widened(cue, place)).toList();
        System.out.printf(
                Locale.ROOT,
                "%s: %s has %.2f of its heat on what shows it (%.2f of the area), %.2f at most a place away (%.2f)%n",
                what,
                head,
                mean(numbers(), i -> share(maps.get(i).first(head), cues.get(i))),
                mean(cues, HeatOnCars::area),
                mean(numbers(), i -> share(maps.get(i).first(head), near.get(i))),
                mean(near, HeatOnCars::area));
    }

    private List<Integer> numbers() {
        return IntStream.range(0, count).boxed().toList();
    }

    /** A map is coarse: what speaks for a category may lie a place beside it. */
    private boolean[] widened(boolean[] part, int pixels) {
        boolean[] wide = new boolean[part.length];
        for (int i = 0; i < part.length; i++) {
            if (part[i]) {
                for (int y = Math.max(0, i / size - pixels); y <= Math.min(size - 1, i / size + pixels); y++) {
                    int from = y * size + Math.max(0, i % size - pixels);
                    int to = y * size + Math.min(size - 1, i % size + pixels);
                    Arrays.fill(wide, from, to + 1, true);
                }
            }
        }
        return wide;
    }

    private double share(HeatMap map, boolean[] part) {
        float[] heat = map.resizedTo(size, size);
        double all = 0;
        double inside = 0;
        for (int i = 0; i < heat.length; i++) {
            double value = Float.isNaN(heat[i]) ? 0 : heat[i];
            all += value;
            inside += part[i] ? value : 0;
        }
        return all == 0 ? Double.NaN : inside / all;
    }

    private static double area(boolean[] part) {
        return (double) IntStream.range(0, part.length).filter(i -> part[i]).count() / part.length;
    }

    /** Of what is defined: a blank map has no share. */
    private static <T> double mean(List<T> of, Function<T, Double> value) {
        return of.stream()
                .map(value)
                .filter(one -> !one.isNaN())
                .mapToDouble(one -> one)
                .average()
                .orElse(Double.NaN);
    }
}
