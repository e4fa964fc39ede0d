package io.github.multilabel.spark.internal.training;

import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.Labels;
import io.github.multilabel.data.Split;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Writes the rows of a partition as the share of a task: a task that is repeated after a failure learns from the same
 * images in the same order, whatever the rows were computed from.
 *
 * <p>Rows have an image (bytes, or a URI), a name, and the labels of each head. The images are a Hadoop sequence file
 * of names and bytes, without bytes where images are read by their URI.
 */
public record ShareWriter(LabelHeads heads, WorkFolder folder, Split part, SerializableConfiguration configuration)
        implements ForeachPartitionFunction<Row>, Serializable {

    private static final int IMAGE = 0;
    private static final int NAME = 1;
    private static final int FIRST_LABEL = 2;

    /**
     * Shares rows out.
     *
     * @return how many images each task has
     */
    public List<Long> share(Dataset<Row> rows, int tasks) throws IOException {
        rows.repartition(tasks)
                .sortWithinPartitions(rows.columns()[NAME]) // what is fetched from others comes in any order
                .foreachPartition(this);
        FileSystem files = files();
        List<Long> counts = new ArrayList<>();
        for (int rank = 0; rank < tasks; rank++) {
            Path labels = folder.labels(part, rank);
            if (!files.exists(labels)) { // Spark may have no partition where there are no rows
                write(Collections.emptyIterator(), files, folder.images(part, rank), labels);
            }
            try (DataInputStream in = new DataInputStream(files.open(labels))) {
                counts.add(in.readLong());
            }
        }
        return counts;
    }

    private FileSystem files() throws IOException {
        return WorkFolder.plain(folder.files(configuration.value()));
    }

    /** Writes the rows of a partition; Spark calls it. */
    @Override
    public void call(Iterator<Row> rows) throws IOException {
        int rank = TaskContext.getPartitionId();
        FileSystem files = files();
        String attempt = "." + TaskContext.get().taskAttemptId();
        Path images = folder.images(part, rank);
        Path labels = folder.labels(part, rank);
        long count = write(rows, files, images.suffix(attempt), labels.suffix(attempt));
        keep(files, images.suffix(attempt), images);
        keep(files, labels.suffix(attempt), labels);
        ShareLog.LOG.info("{} images of {} are the share of task {}", count, part.part(), rank);
    }

    private long write(Iterator<Row> rows, FileSystem files, Path images, Path labels) throws IOException {
        HeadSet known = heads.heads();
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        long count = 0;
        try (SequenceFile.Writer out = SequenceFile.createWriter(
                        configuration.value(),
                        SequenceFile.Writer.file(files.makeQualified(images)),
                        SequenceFile.Writer.keyClass(Text.class),
                        SequenceFile.Writer.valueClass(BytesWritable.class),
                        SequenceFile.Writer.compression(SequenceFile.CompressionType.NONE));
                DataOutputStream ofLabels = new DataOutputStream(sealed)) {
            while (rows.hasNext()) {
                Row row = rows.next();
                boolean isUri = row.get(IMAGE) instanceof String;
                Labels found = heads.labels(known, row, FIRST_LABEL);
                out.append(
                        new Text(isUri ? row.getString(IMAGE) : row.getString(NAME)),
                        new BytesWritable(isUri ? new byte[0] : row.<byte[]>getAs(IMAGE)));
                heads.write(found, ofLabels);
                count++;
            }
        }
        try (DataOutputStream out = new DataOutputStream(files.create(labels, true))) {
            out.writeLong(count);
            sealed.writeTo(out);
        }
        return count;
    }

    private static void keep(FileSystem files, Path written, Path name) throws IOException {
        files.delete(name, false);
        if (!files.rename(written, name)) {
            throw new IOException("'" + written + "' cannot be renamed to '" + name + "'");
        }
    }
}
