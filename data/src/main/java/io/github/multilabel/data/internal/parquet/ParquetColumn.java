package io.github.multilabel.data.internal.parquet;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/**
 * What a column of a Parquet file has: cells, images, both or nothing that is read.
 *
 * @param values those of the cells, or null if there are none
 * @param text what the values are as text
 * @param entryLevel how deep an entry of a list is defined at least; 0 where a cell has one value
 * @param images the bytes of the images, or null if there are none
 * @param refused why it cannot be read, or null if it can
 */
record ParquetColumn(
        String name,
        @Nullable ColumnDescriptor values,
        ValueText text,
        int entryLevel,
        @Nullable ColumnDescriptor images,
        @Nullable String refused) {

    /** The members of an image as the data sets of Hugging Face have it. */
    private static final String BYTES = "bytes";

    private static final String PATH = "path";

    private static final Set<PrimitiveTypeName> FRACTIONS = Set.of(PrimitiveTypeName.FLOAT, PrimitiveTypeName.DOUBLE);

    /** One that cannot be read. */
    static ParquetColumn refused(String name, String has) {
        String reason =
                "it has " + has + "; a label is a text, a number, true, false or null, and tags are a list of them";
        return new ParquetColumn(name, null, ValueText.TEXT, 0, null, reason);
    }

    /** @param names of the numbers of the column, where they are known */
    static ParquetColumn of(MessageType schema, Type field, List<String> names) {
        String name = field.getName();
        if (field.isPrimitive()) {
            return values(schema, names, name);
        }
        GroupType group = field.asGroupType();
        if (isImage(group)) {
            ColumnDescriptor paths =
                    group.containsField(PATH) ? schema.getColumnDescription(new String[] {name, PATH}) : null;
            return new ParquetColumn(
                    name, paths, ValueText.TEXT, 0, schema.getColumnDescription(new String[] {name, BYTES}), null);
        }
        if (!LogicalTypeAnnotation.listType().equals(group.getLogicalTypeAnnotation())) {
            boolean map = group.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation;
            return refused(name, map ? "maps" : "objects");
        }
        return isOfValues(group) ? list(schema, names, group) : refused(name, "lists of lists or objects");
    }

    private static boolean isImage(GroupType group) {
        Set<String> members = group.getFields().stream().map(Type::getName).collect(Collectors.toSet());
        return !group.isRepetition(Repetition.REPEATED)
                && members.contains(BYTES)
                && Set.of(BYTES, PATH).containsAll(members)
                && group.getFields().stream()
                        .allMatch(member -> isOne(member)
                                && member.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY);
    }

    private static boolean isOne(Type member) {
        return member.isPrimitive() && !member.isRepetition(Repetition.REPEATED);
    }

    /** Whether a list has values, in three levels, or in two as they were written before. */
    private static boolean isOfValues(GroupType list) {
        if (list.getFieldCount() != 1
                || list.isRepetition(Repetition.REPEATED)
                || !list.getType(0).isRepetition(Repetition.REPEATED)) {
            return false;
        }
        Type entry = list.getType(0);
        return entry.isPrimitive()
                || entry.asGroupType().getFieldCount() == 1
                        && isOne(entry.asGroupType().getType(0));
    }

    private static ParquetColumn list(MessageType schema, List<String> names, GroupType list) {
        Type entry = list.getType(0);
        return entry.isPrimitive()
                ? values(schema, names, list.getName(), entry.getName())
                : values(
                        schema,
                        names,
                        list.getName(),
                        entry.getName(),
                        entry.asGroupType().getType(0).getName());
    }

    /** @param path to the values; one step of it may repeat */
    private static ParquetColumn values(MessageType schema, List<String> names, String... path) {
        ColumnDescriptor values = schema.getColumnDescription(path);
        PrimitiveType type = values.getPrimitiveType();
        boolean list = values.getMaxRepetitionLevel() > 0;
        int entryLevel = !list ? 0 : path.length == 1 ? 1 : schema.getMaxDefinitionLevel(path[0], path[1]);
        return ValueText.of(type, names)
                .filter(text -> !list || !FRACTIONS.contains(type.getPrimitiveTypeName()))
                .map(text -> new ParquetColumn(path[0], values, text, entryLevel, null, null))
                .orElseGet(() -> refused(path[0], (list ? "lists of " : "") + "values of the kind " + kind(type)));
    }

    private static String kind(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        return meaning == null ? type.getPrimitiveTypeName().name() : meaning.toString();
    }

    /** The same column with its values taken for images. */
    ParquetColumn ofImages() {
        return new ParquetColumn(name, null, text, 0, values, null);
    }

    /** The values of a column that has texts or images, where its writer did not say which; otherwise null. */
    @Nullable
    ColumnDescriptor bytes() {
        boolean bytes = values != null
                && images == null
                && entryLevel == 0
                && values.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                && values.getPrimitiveType().getLogicalTypeAnnotation() == null;
        return bytes ? values : null;
    }
}
