package io.github.multilabel.spark.internal.prediction;

import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.model.embedding.Embedding;
import io.github.multilabel.model.embedding.EmbeddingFailure;
import io.github.multilabel.model.embedding.EmbeddingResult;
import io.github.multilabel.model.prediction.CategoryProbability;
import io.github.multilabel.model.prediction.HeadPrediction;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.model.prediction.PredictionFailure;
import io.github.multilabel.model.prediction.PredictionResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of predictions, and their values.
 *
 * @param heads whose answers have a column
 * @param prefix of the columns of heads
 * @param allProbabilities whether each head also has a column with the probability of every category
 * @param embedding the column of embeddings; empty for none
 * @param problem the column that says why an image has no prediction
 */
public record PredictionColumns(
        List<Answer> heads, String prefix, boolean allProbabilities, String embedding, String problem)
        implements Serializable {

    /** What follows the name of a head for the column of all probabilities. */
    public static final String PROBABILITIES = "_probabilities";

    private static final StructType OF_CATEGORY = new StructType()
            .add("category", DataTypes.StringType)
            .add("probability", DataTypes.DoubleType)
            .add("unknown", DataTypes.BooleanType);
    private static final StructType OF_TAG =
            new StructType().add("category", DataTypes.StringType).add("probability", DataTypes.DoubleType);

    /**
     * A head.
     *
     * @param isTags whether it has any number of categories per image
     */
    public record Answer(String head, boolean isTags) implements Serializable {}

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

    /** The columns, in order. */
    public List<StructField> fields() {
        List<StructField> fields = new ArrayList<>();
        for (Answer answer : heads) {
            DataType type = answer.isTags ? DataTypes.createArrayType(OF_TAG, false) : OF_CATEGORY;
            fields.add(DataTypes.createStructField(prefix + answer.head, type, true));
            if (allProbabilities) {
                fields.add(DataTypes.createStructField(
                        prefix + answer.head + PROBABILITIES, DataTypes.createArrayType(OF_TAG, false), true));
            }
        }
        if (!embedding.isEmpty()) {
            fields.add(DataTypes.createStructField(
                    embedding, DataTypes.createArrayType(DataTypes.FloatType, false), true));
        }
        fields.add(DataTypes.createStructField(problem, DataTypes.StringType, true));
        return fields;
    }

    /** A row with the values of an image behind its own. */
    Row row(Row own, PredictionResult result, Optional<EmbeddingResult> embedded) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            values.add(own.get(i));
        }
        result.when(prediction -> predicted(values, prediction), failure -> {
            heads.forEach(head -> values.add(null));
            if (allProbabilities) {
                heads.forEach(head -> values.add(null));
            }
            return values;
        });
        if (!embedding.isEmpty()) {
            values.add(embedded.map(PredictionColumns::floats).orElse(null));
        }
        values.add(problem(result, embedded));
        return RowFactory.create(values.toArray());
    }

    private List<@Nullable Object> predicted(List<@Nullable Object> values, Prediction prediction) {
        for (Answer answer : heads) {
            HeadPrediction head = prediction.head(answer.head);
            values.add(answer.isTags ? rows(head.predicted()) : category(head));
            if (allProbabilities) {
                values.add(rows(head.probabilities()));
            }
        }
        return values;
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
