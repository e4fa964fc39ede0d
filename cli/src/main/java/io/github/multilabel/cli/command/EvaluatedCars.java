package io.github.multilabel.cli.command;

import io.github.multilabel.cars.StanfordCars;
import io.github.multilabel.cars.StanfordCarsBuilder;
import io.github.multilabel.cli.program.CarOptions;
import io.github.multilabel.cli.program.InvalidInputException;
import io.github.multilabel.cli.program.PhotoOptions;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.image.ImageSource;
import io.github.multilabel.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Photos of Stanford Cars.
 *
 * @param output where drawings go
 * @param splits none for the test photos where there are labelled ones, otherwise all photos
 */
record EvaluatedCars(CarOptions cars, Path output, List<Split> splits, PhotoOptions photos) implements Evaluated {

    @Override
    public Images images(HeadSet heads) throws IOException {
        Path root = cars.folder(output);
        List<Split> evaluated = evaluated(root);
        StanfordCarsBuilder builder = labelled(root, heads).optSplit(evaluated.toArray(Split[]::new));
        return new Images(
                InvalidInputException.check(builder::build),
                evaluated.stream().map(Split::part).toList(),
                photo -> ImageSource.of(Path.of(photo)));
    }

    private List<Split> evaluated(Path root) throws IOException {
        if (!splits.isEmpty()) {
            return splits;
        }
        return StanfordCars.hasLabelledTest(root) ? List.of(Split.TEST) : List.of(Split.values());
    }

    /** Photos with labels for the model's heads and their brands, whatever brands are frequent among these photos. */
    private StanfordCarsBuilder labelled(Path root, HeadSet heads) {
        StanfordCarsBuilder builder = photos.cars(root).optHeads(heads.names());
        for (Head head : heads) {
            if (head.name().equals("brand")) {
                List<String> brands = head.categories().stream()
                        .filter(category -> !category.equals("Other"))
                        .toList();
                builder.optBrands(brands);
            }
        }
        return builder;
    }
}
