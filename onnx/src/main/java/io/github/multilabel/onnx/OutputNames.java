package io.github.multilabel.onnx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of the outputs of heads. ONNX asks for identifiers of C: letters A-Z and a-z, digits and underscores, no
 * digit first. A head with such a name has it as it is; in another name each run of other characters becomes one
 * underscore, and a number at the end tells apart what would be the same.
 */
final class OutputNames {

    private static final String HEAD = "head";
    private static final String DISTANCE = "distance";

    private OutputNames() {}

    /** The names in the order of the heads; all differ, also from the input. */
    static List<String> of(List<String> heads) {
        Set<String> taken = new HashSet<>(Set.of(OnnxInput.NAME));
        taken.addAll(heads); // a name that can stay comes before one that has to change
        List<String> names = new ArrayList<>();
        for (String head : heads) {
            String name = identifier(head);
            if (!name.equals(head) || name.equals(OnnxInput.NAME)) {
                name = free(name, taken);
                taken.add(name);
            }
            names.add(name);
        }
        return names;
    }

    /** The name of the output of the distance, which no head's output has. */
    static String distance(List<String> outputs) {
        return free(DISTANCE, Set.copyOf(outputs));
    }

    private static String identifier(String head) {
        String name = head.replaceAll("[^A-Za-z0-9_]+", "_");
        if (name.matches("_*")) {
            return HEAD;
        }
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    private static String free(String name, Set<String> taken) {
        String free = name;
        for (int i = 2; taken.contains(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }
}
