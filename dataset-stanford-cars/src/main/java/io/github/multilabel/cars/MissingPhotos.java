package io.github.multilabel.cars;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles annotated photos that are not there: an error, or skipped with a count. A wrong list is an error either way.
 */
final class MissingPhotos {

    private static final Logger LOG = LoggerFactory.getLogger(MissingPhotos.class);
    private static final int SHOWN = 3;

    private MissingPhotos() {}

    /**
     * Gives the rows whose photos are there.
     *
     * @param skip whether others are left out, with a line in the log
     * @throws IOException if a photo is missing and is not to be skipped, if none is there, or if the rows name fewer
     *     than half of the photos of a folder and so belong to another packaging of the data
     */
    static List<CarFiles.Row> leaveOut(List<CarFiles.Row> rows, List<CarFiles.Row> listed, boolean skip)
            throws IOException {
        List<CarFiles.Row> missing = new ArrayList<>();
        List<CarFiles.Row> present = new ArrayList<>();
        for (CarFiles.Row row : rows) {
            (row.file().isPresent() ? present : missing).add(row);
        }
        requireFit(listed);
        if (missing.isEmpty()) {
            return present;
        }
        String found = describe(missing, rows.size());
        if (present.isEmpty()) {
            throw new IOException(found + ". None is there: put the photos there, or name the folder that has them");
        }
        if (!skip) {
            throw new IOException(found
                    + ". Put them there, or leave them out: optBadImages(BadImages.SKIP), or --on-bad-image skip on the"
                    + " command line");
        }
        LOG.warn("{}; left out, {} remain", found, number(present.size()));
        return present;
    }

    private static String describe(List<CarFiles.Row> missing, int of) {
        String first = missing.stream().limit(SHOWN).map(CarFiles.Row::photo).collect(Collectors.joining(", "));
        String folders = missing.stream()
                .map(row -> row.folder().folder().toString())
                .distinct()
                .collect(Collectors.joining(" and "));
        return number(missing.size()) + " of " + number(of) + " annotated photos are missing in " + folders + ": "
                + first + (missing.size() > SHOWN ? ", ..." : "");
    }

    private static void requireFit(List<CarFiles.Row> listed) throws IOException {
        Map<PhotoFolder, List<CarFiles.Row>> byFolder = listed.stream()
                .collect(Collectors.groupingBy(CarFiles.Row::folder, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<PhotoFolder, List<CarFiles.Row>> entry : byFolder.entrySet()) {
            PhotoFolder folder = entry.getKey();
            List<CarFiles.Row> rows = entry.getValue();
            long named = folder.named(rows.stream().map(CarFiles.Row::photo).toList());
            if (2 * named < folder.size()) {
                throw new IOException(folder.folder() + ": the annotations ("
                        + rows.get(0).origin()
                        + " and following) name " + number(named) + " of its " + number(folder.size())
                        + " photos, less than half, for example '" + rows.get(0).photo() + "' where the folder has '"
                        + folder.names().get(0) + "'; they belong to another packaging of Stanford Cars");
            }
        }
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
