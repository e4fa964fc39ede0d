package io.github.multilabel.cars;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The heads on offer over the classes of a folder, and the labels of each class. */
final class CarHeads {

    static final String BRAND = "brand";
    static final String TYPE = "type";
    static final String YEAR = "year";
    static final String MODEL = "model";

    static final String OTHER = "Other";

    private static final int FIRST_LATE_YEAR = 2010;
    private static final List<String> COHORTS = List.of("2009 and earlier", "2010 and later");

    private final HeadSet heads;
    private final List<Labels> labels;

    private CarHeads(HeadSet heads, List<Labels> labels) {
        this.heads = heads;
        this.labels = labels;
    }

    /**
     * Builds the heads.
     *
     * @param names the classes
     * @param selected names of heads, in the order wanted
     * @param brands the brands to keep
     */
    static CarHeads of(List<CarName> names, List<String> selected, List<String> brands, VehicleTypeRule types) {
        HeadSet heads = withParents(
                HeadSet.of(selected.stream()
                        .map(name -> head(name, names, brands, types))
                        .toList()),
                names,
                brands,
                types);
        List<Labels> labels = new ArrayList<>();
        for (CarName name : names) {
            Labels.Builder label = Labels.builder(heads);
            for (Head head : heads) {
                label.set(head.name(), category(name, head.name(), brands, types));
            }
            labels.add(label.build());
        }
        return new CarHeads(heads, labels);
    }

    /** A model determines all others. */
    private static HeadSet withParents(HeadSet heads, List<CarName> names, List<String> brands, VehicleTypeRule types) {
        HeadSet known = heads;
        if (heads.names().contains(MODEL)) {
            for (String parent : heads.names()) {
                if (!parent.equals(MODEL)) {
                    Map<String, String> parentOf = new HashMap<>();
                    names.forEach(name -> parentOf.put(name.fullName(), category(name, parent, brands, types)));
                    known = known.withParent(MODEL, parent, parentOf);
                }
            }
        }
        return known;
    }

    private static Head head(String head, List<CarName> names, List<String> brands, VehicleTypeRule types) {
        return Head.singleLabel(
                head,
                switch (head) {
                    case BRAND ->
                        Stream.concat(brands.stream(), Stream.of(OTHER)).toList();
                    case TYPE -> types.categories();
                    case YEAR -> COHORTS;
                    case MODEL -> names.stream().map(CarName::fullName).toList();
                    default -> throw new IllegalArgumentException("no head '" + head + "'");
                });
    }

    private static String category(CarName name, String head, List<String> brands, VehicleTypeRule types) {
        return switch (head) {
            case BRAND -> brands.contains(name.brand()) ? name.brand() : OTHER;
            case TYPE -> types.categoryOf(name);
            case YEAR -> COHORTS.get(name.year() < FIRST_LATE_YEAR ? 0 : 1);
            case MODEL -> name.fullName();
            default -> throw new IllegalArgumentException("no head '" + head + "'");
        };
    }

    /**
     * The brands that have more than a fraction of the labelled photos, sorted by name. A fraction and not a number, so
     * that a user who has a part of the data gets the same brands.
     *
     * @param threshold photos out of {@code total}
     */
    static List<String> frequentBrands(CarFiles files, int threshold, int total) {
        TreeMap<String, Long> photos = new TreeMap<>();
        long labelled = 0;
        for (CarFiles.Row row : files.rows()) {
            if (row.category() != CarFiles.MISSING) {
                photos.merge(files.names().get(row.category()).brand(), 1L, Long::sum);
                labelled++;
            }
        }
        long all = labelled;
        return photos.entrySet().stream()
                .filter(brand -> brand.getValue() * total > threshold * all)
                .map(Map.Entry::getKey)
                .toList();
    }

    HeadSet heads() {
        return heads;
    }

    /** The labels of a class; nothing is known of {@link CarFiles#MISSING}. */
    Labels labels(int category) {
        return category == CarFiles.MISSING ? Labels.missing(heads) : labels.get(category);
    }
}
