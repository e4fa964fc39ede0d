package io.github.multilabel.spark.internal.prediction;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.ModelAnswers;
import io.github.multilabel.model.embedding.Embedding;
import io.github.multilabel.model.embedding.EmbeddingFailure;
import io.github.multilabel.model.embedding.EmbeddingResult;
import io.github.multilabel.model.prediction.CategoryProbability;
import io.github.multilabel.model.prediction.Combination;
import io.github.multilabel.model.prediction.Distance;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Function2;

/**
 * The columns of predictions, and their values.
 *
 * @param heads whose answers have a column
 * @param beyond what the model tells beyond the answers of heads
 * @param prefix of the columns of heads and of {@code beyond}
 * @param allProbabilities whether each head also has a column with the probability of every category
 * @param embedding the column of embeddings; empty for none
 * @param problem the column that says why an image has no prediction
 */
public record PredictionColumns(
        List<Answer> heads, Beyond beyond, String prefix, boolean allProbabilities, String embedding, String problem)
        implements Serializable {

    /** What follows the name of a head for the column of all probabilities. */
    public static final String PROBABILITIES = "_probabilities";

    /** The usual column that says why an image has no prediction. */
    public static final String PROBLEM = "problem";

    private static final String SURE = "sure";
    private static final String COMBINATION = "combination";
    private static final String DISTANCE = "distance";

    private static final StructType OF_CATEGORY = new StructType()
            .add("category", DataTypes.StringType)
            .add("probability", DataTypes.DoubleType)
            .add("unknown", DataTypes.BooleanType);
    private static final StructType OF_TAG =
            new StructType().add("category", DataTypes.StringType).add("probability", DataTypes.DoubleType);
    private static final StructType OF_SURE = new StructType()
            .add("head", DataTypes.StringType)
            .add("category", DataTypes.StringType)
            .add("probability", DataTypes.DoubleType);
    private static final StructType OF_DISTANCE =
            new StructType().add("value", DataTypes.DoubleType).add("unusual", DataTypes.BooleanType);

    /**
     * A head.
     *
     * @param isTags whether it has any number of categories per image
     */
    public record Answer(String head, boolean isTags) implements Serializable {}

    /**
     * What a model may tell beyond the answers of its heads.
     *
     * @param sure whether it tells of which heads it is sure
     * @param together the heads that it answers together; none if it does not
     * @param distance whether it tells how far an image is from usual ones
     */
    public record Beyond(boolean sure, List<String> together, boolean distance) implements Serializable {

        /** Copies the list. */
        public Beyond {
            together = List.copyOf(together);
        }

        /** What a model tells. */
        public static Beyond of(ModelAnswers answers) {
            var columns = answers.columns(false, 1, false);
            return new Beyond(columns.sure(), columns.together(), columns.distance());
        }
    }

    /** Copies the list. */
    public PredictionColumns {
        heads = List.copyOf(heads);
    }

    /**
     * The heads of some names, in the order of the model.
     *
     * @param names none for all
     */
    public static List<Answer> answers(HeadSet heads, List<String> names) {
        List<Answer> answers = new ArrayList<>();
        for (Head head : heads) {
            if (names.isEmpty() || names.contains(head.name())) {
                answers.add(new Answer(head.name(), head.kind() == Head.Kind.MULTI_LABEL));
            }
        }
        return answers;
    }

    /** Of a model that will learn from columns of labels; what it may tell beyond them is not known. */
    public static PredictionColumns ofLabels(StructType schema, List<String> labels, String prefix) {
        return new PredictionColumns(
                labels.stream()
                        .map(label -> new Answer(label, schema.apply(label).dataType() instanceof ArrayType))
                        .toList(),
                new Beyond(false, List.of(), false),
                prefix,
                false,
                "",
                PROBLEM);
    }

    /** The columns, in order. */
    public List<StructField> fields() {
        List<StructField> fields = new ArrayList<>(ofModel());
        if (!embedding.isEmpty()) {
            fields.add(nullable(embedding, DataTypes.createArrayType(DataTypes.FloatType, false)));
        }
        fields.add(nullable(problem, DataTypes.StringType));
        return fields;
    }

    /**
     * Columns with those of predictions behind them. Names are compared as Spark does: it takes two that differ in case
     * for the same, unless told not to.
     *
     * @throws IllegalArgumentException if one of these is there already, or two have the same name
     */
    public StructType behind(StructType given) {
        StructType all = given;
        Function2<String, String, Object> isSame = SQLConf.get().resolver();
        for (StructField field : fields()) {
            if (Arrays.stream(all.fieldNames()).anyMatch(name -> (boolean) isSame.apply(name, field.name()))) {
                throw new IllegalArgumentException("the column '" + field.name() + "' is there already, or predictions"
                        + " would have it twice: name it otherwise by " + setter(field.name()) + ", or drop it");
            }
            all = all.add(field);
        }
        return all;
    }

    private String setter(String column) {
        return column.equals(problem)
                ? "setProblemCol"
                : column.equals(embedding) ? "setEmbeddingCol" : "setOutputPrefix(\"predicted_\")";
    }

    /** The columns of what the model says. */
    private List<StructField> ofModel() {
        List<StructField> fields = new ArrayList<>();
        for (Answer answer : heads) {
            DataType tags = DataTypes.createArrayType(OF_TAG, false);
            fields.add(nullable(prefix + answer.head, answer.isTags ? tags : OF_CATEGORY));
            if (allProbabilities) {
                fields.add(nullable(prefix + answer.head + PROBABILITIES, tags));
            }
        }
        if (beyond.sure) {
            fields.add(nullable(prefix + SURE, DataTypes.createArrayType(OF_SURE, false)));
        }
        if (!beyond.together.isEmpty()) {
            StructType categories = new StructType();
            for (String head : beyond.together) {
                categories = categories.add(head, DataTypes.StringType);
            }
            fields.add(nullable(
                    prefix + COMBINATION,
                    new StructType()
                            .add("categories", categories)
                            .add("probability", DataTypes.DoubleType)
                            .add("unusual", DataTypes.BooleanType)));
        }
        if (beyond.distance) {
            fields.add(nullable(prefix + DISTANCE, OF_DISTANCE));
        }
        return fields;
    }

    private static StructField nullable(String name, DataType type) {
        return DataTypes.createStructField(name, type, true);
    }

    /** A row with the values of an image behind its own. */
    Row row(Row own, PredictionResult result, Optional<EmbeddingResult> embedded) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            values.add(own.get(i));
        }
        values.addAll(result.when(
                this::predicted, failure -> Collections.nCopies(ofModel().size(), null)));
        if (!embedding.isEmpty()) {
            values.add(embedded.map(PredictionColumns::floats).orElse(null));
        }
        values.add(problem(result, embedded));
        return RowFactory.create(values.toArray());
    }

    private List<@Nullable Object> predicted(Prediction prediction) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Answer answer : heads) {
            HeadPrediction head = prediction.head(answer.head);
            values.add(answer.isTags ? rows(head.predicted()) : category(head));
            if (allProbabilities) {
                values.add(rows(head.probabilities()));
            }
        }
        if (beyond.sure) {
            values.add(prediction.sure().map(PredictionColumns::sure).orElse(null));
        }
        if (!beyond.together.isEmpty()) {
            values.add(prediction.combination().map(this::together).orElse(null));
        }
        if (beyond.distance) {
            values.add(prediction.distance().map(PredictionColumns::distance).orElse(null));
        }
        return values;
    }

    private static Row[] sure(List<HeadPrediction> heads) {
        return heads.stream()
                .map(head -> RowFactory.create(
                        head.name(), head.best().category(), head.best().probability()))
                .toArray(Row[]::new);
    }

    private Row together(Combination found) {
        Object[] categories =
                beyond.together.stream().map(found.categories()::get).toArray();
        return RowFactory.create(RowFactory.create(categories), found.probability(), found.unusual());
    }

    private static Row distance(Distance found) {
        return RowFactory.create(found.value(), found.isUnusual());
    }

    private static Row category(HeadPrediction head) {
        CategoryProbability best = head.best();
        boolean isUnknown = head.unknown();
        return RowFactory.create(isUnknown ? null : best.category(), best.probability(), isUnknown);
    }

    private static Row[] rows(List<CategoryProbability> categories) {
        return categories.stream()
                .map(tag -> RowFactory.create(tag.category(), tag.probability()))
                .toArray(Row[]::new);
    }

    private static Float @Nullable [] floats(EmbeddingResult result) {
        if (!(result instanceof Embedding found)) {
            return null;
        }
        float[] values = found.values();
        Float[] boxed = new Float[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }

    private static @Nullable String problem(PredictionResult result, Optional<EmbeddingResult> embedded) {
        if (result instanceof PredictionFailure failure) {
            return failure.reason();
        }
        return embedded.filter(EmbeddingFailure.class::isInstance)
                .map(failure -> ((EmbeddingFailure) failure).reason())
                .orElse(null);
    }
}
