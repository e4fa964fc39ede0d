package io.github.multilabel.model.network;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of a network's layers. */
final class NetworkSummary {

    private NetworkSummary() {}

    static String table(Network network, Map<String, Shape> shapes) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"layer", "operation", "output", "parameters", "multiply-adds"});
        long parameters = 0;
        long multiplyAdds = 0;
        for (Layer layer : network.layers()) {
            Shape output = Network.shapeOf(layer, shapes);
            long trained = layer.parameters().stream()
                    .filter(ParameterSpec::isTrained)
                    .mapToLong(spec -> spec.shape().size())
                    .sum();
            long work = layer.op().multiplyAdds(output);
            parameters += trained;
            multiplyAdds += work;
            rows.add(row(layer.name(), layer.op().getClass().getSimpleName(), output.toString(), trained, work));
        }
        rows.add(row("total", "", "(" + network.features() + ")", parameters, multiplyAdds));
        return format(rows);
    }

    private static String[] row(String layer, String operation, String output, long parameters, long multiplyAdds) {
        return new String[] {layer, operation, output, grouped(parameters), grouped(multiplyAdds)};
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String format(List<String[]> rows) {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        String line = String.format(Locale.ROOT, "%%-%ds  %%-%ds  %%-%ds  %%%ds  %%%ds\n", (Object[]) boxed(widths));
        StringBuilder table = new StringBuilder();
        for (String[] row : rows) {
            table.append(String.format(Locale.ROOT, line, (Object[]) row));
        }
        return table.toString();
    }

    private static Integer[] boxed(int[] values) {
        return Arrays.stream(values).boxed().toArray(Integer[]::new);
    }
}
