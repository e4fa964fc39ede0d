package io.github.multilabel.cars;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Which car counts as which vehicle type: the categories of the head {@code type} and the category of each name.
 *
 * <pre>{@code
 * VehicleTypeRule rule = VehicleTypeRule.of(
 *         List.of("Pickup", "Other"), name -> name.body().endsWith("Cab") ? "Pickup" : "Other");
 * }</pre>
 *
 * @param categories in the order of the head
 * @param category gives one of the categories for every name
 */
public record VehicleTypeRule(List<String> categories, Function<CarName, String> category) {

    private static final VehicleTypeRule BY_BODY =
            new VehicleTypeRule(List.of("Convertible", "Coupe", "SUV", "Van", "Other"), name -> switch (name.body()) {
                case "Convertible", "Coupe", "SUV", "Van" -> name.body();
                case "Minivan" -> "Van";
                default -> "Other";
            });

    /** Checks that both are there. */
    public VehicleTypeRule {
        categories = List.copyOf(categories);
        Objects.requireNonNull(category, "category");
    }

    /**
     * The rule of the task of reference: Convertible, Coupe, SUV, Van or Other, by the body style that the name says. A
     * Minivan is a Van. Sedan, Hatchback, Wagon and the Cabs of pickups are Other, and so are the few names that say no
     * body style ({@code "Acura Integra Type R 2001"}), whatever the car looks like.
     */
    public static VehicleTypeRule byBody() {
        return BY_BODY;
    }

    /** A rule of one's own; see the example above. */
    public static VehicleTypeRule of(List<String> categories, Function<CarName, String> category) {
        return new VehicleTypeRule(categories, category);
    }

    /**
     * The category of a name.
     *
     * @throws IllegalArgumentException if the rule gives something that is not one of its categories
     */
    public String categoryOf(CarName name) {
        String found = category.apply(name);
        if (!categories.contains(found)) {
            throw new IllegalArgumentException("the vehicle type rule calls '" + name.fullName() + "' a '" + found
                    + "', which is not one of its categories " + categories);
        }
        return found;
    }
}
