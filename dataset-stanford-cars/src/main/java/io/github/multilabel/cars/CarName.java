package io.github.multilabel.cars;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a Stanford Cars class, taken apart: {@code "Aston Martin V8 Vantage Coupe 2012"} is brand {@code "Aston
 * Martin"}, model {@code "V8 Vantage"}, body {@code "Coupe"}, year 2012.
 *
 * @param fullName the name as the annotations have it, such as {@code "Ram C/V Cargo Van Minivan 2012"}
 * @param brand one or two words, in the spelling of the name ({@code "smart"}, {@code "HUMMER"})
 * @param model what is left without brand, body and year; may be empty
 * @param body the body style, such as {@code "Sedan"} or {@code "Crew Cab"}; empty where the name says none, as in
 *     {@code "Chevrolet Corvette ZR1 2012"}
 * @param year of the model
 */
public record CarName(String fullName, String brand, String model, String body, int year) {

    /** Every brand of more than one word. */
    private static final Set<String> TWO_WORD_BRANDS = Set.of("AM General", "Alfa Romeo", "Aston Martin", "Land Rover");

    private static final Set<String> BODIES =
            Set.of("Cab", "Convertible", "Coupe", "Hatchback", "Minivan", "SUV", "Sedan", "SuperCab", "Van", "Wagon");

    /** What stands before {@code "Cab"} to say how many people a pickup seats. */
    private static final Set<String> CABS = Set.of("Club", "Crew", "Extended", "Quad", "Regular");

    private static final Pattern YEAR = Pattern.compile("(19|20)\\d\\d");

    /**
     * Takes a name apart. The body is the last word that is a body style, which need not be the last word:
     * {@code "Infiniti G Coupe IPL 2012"} is a Coupe, {@code "Rolls-Royce Phantom Drophead Coupe Convertible 2012"} is
     * a Convertible.
     *
     * @throws IllegalArgumentException if the name does not begin with a brand and end with a year
     */
    public static CarName parse(String fullName) {
        List<String> words = new ArrayList<>(List.of(fullName.strip().split("\\s+")));
        String last = words.remove(words.size() - 1);
        if (words.isEmpty() || !YEAR.matcher(last).matches()) {
            throw new IllegalArgumentException("car name '" + fullName
                    + "' is not understood: it needs a brand at its start and a year at its end, as in"
                    + " 'Audi A5 Coupe 2012'");
        }
        String brand = words.remove(0);
        if (!words.isEmpty() && TWO_WORD_BRANDS.contains(brand + " " + words.get(0))) {
            brand += " " + words.remove(0);
        }
        String body = removeBody(words);
        return new CarName(fullName, brand, String.join(" ", words), body, Integer.parseInt(last));
    }

    private static String removeBody(List<String> words) {
        for (int i = words.size() - 1; i >= 0; i--) {
            if (BODIES.contains(words.get(i))) {
                String body = words.remove(i);
                return body.equals("Cab") && i > 0 && CABS.contains(words.get(i - 1))
                        ? words.remove(i - 1) + " " + body
                        : body;
            }
        }
        return "";
    }

    @Override
    public String toString() {
        return fullName;
    }
}
