package io.github.multilabel.model.internal.description;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.multilabel.core.image.ImageSize;
import io.github.multilabel.core.image.Preprocessing;
import io.github.multilabel.core.image.Preprocessing.CropMode;
import io.github.multilabel.core.image.Preprocessing.Interpolation;
import io.github.multilabel.core.internal.files.JsonFields;
import java.util.List;

/** The preprocessing of images as files have it. What stands in quotes here is in files that people keep, and stays. */
public final class PreprocessingJson {

    private PreprocessingJson() {}

    /** The object of all fields. */
    public static JsonObject write(Preprocessing preprocessing) {
        JsonObject json = new JsonObject();
        ImageSize size = preprocessing.size();
        if (size.isSquare()) {
            json.addProperty("size", size.height());
        } else {
            json.addProperty("height", size.height());
            json.addProperty("width", size.width());
        }
        json.addProperty("cropRatio", preprocessing.cropPct());
        json.addProperty("fit", inFiles(preprocessing.cropMode()));
        json.addProperty("interpolation", inFiles(preprocessing.interpolation()));
        json.add("mean", json(preprocessing.mean()));
        json.add("std", json(preprocessing.std()));
        return json;
    }

    /** A way to fit images by its name in files. */
    public static String inFiles(CropMode fit) {
        return switch (fit) {
            case CENTER -> "CROP";
            case SQUASH -> "SQUASH";
            case PAD -> "PAD";
        };
    }

    /** A filter by its name in files. */
    public static String inFiles(Interpolation interpolation) {
        return switch (interpolation) {
            case BILINEAR -> "BILINEAR";
            case BICUBIC -> "BICUBIC";
        };
    }

    private static JsonArray json(List<Double> numbers) {
        JsonArray array = new JsonArray();
        numbers.forEach(array::add);
        return array;
    }

    /**
     * Reads the fields.
     *
     * @throws IllegalArgumentException if one is missing or outside its range; the message names it
     */
    public static Preprocessing read(JsonFields json) {
        return new Preprocessing(
                json.has("size")
                        ? ImageSize.square(json.whole("size"))
                        : new ImageSize(json.whole("height"), json.whole("width")),
                json.number("cropRatio"),
                json.oneOf("fit", CropMode.values(), PreprocessingJson::inFiles),
                json.oneOf("interpolation", Interpolation.values(), PreprocessingJson::inFiles),
                json.numbers("mean"),
                json.numbers("std"));
    }
}
