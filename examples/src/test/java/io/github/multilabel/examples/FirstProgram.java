package io.github.multilabel.examples;

import ai.djl.MalformedModelException;
import io.github.multilabel.data.ImageDataset;
import io.github.multilabel.data.table.ImageTable;
import io.github.multilabel.evaluation.metrics.Evaluation;
import io.github.multilabel.model.MultiLabelModel;
import io.github.multilabel.model.MultiLabelPredictor;
import io.github.multilabel.model.backbone.Backbone;
import io.github.multilabel.model.backbone.Backbones;
import io.github.multilabel.model.prediction.Prediction;
import io.github.multilabel.training.MultiLabelTrainer;
import io.github.multilabel.training.event.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;

/** Trains a model on the images of a table, saves it, and predicts the labels of an image. */
public final class FirstProgram {

    private FirstProgram() {}

    public static void main(String[] args) throws IOException, MalformedModelException {
        if (args.length != 4) {
            System.err.println("arguments: TABLE IMAGES MODEL IMAGE, such as labels.csv photos model photos/1.jpg");
            return;
        }
        Path labels = Path.of(args[0]); // labels.csv: file,colour,tags
        Path images = Path.of(args[1]); // the folder that the paths in the table are relative to
        Path saved = Path.of(args[2]); // a folder for the model
        Path image = Path.of(args[3]); // an image to predict

        train(labels, images, saved);
        predict(saved, image);
    }

    private static void train(Path labels, Path images, Path saved) throws IOException {
        ImageTable table = ImageTable.csv(labels, images)
                .addHead("colour") // one label per image
                .addTags("tags", "|") // any number of labels: rusty|open
                .optValidation(0.2) // the fraction of the images for validation
                .build();
        Backbone backbone = Backbones.small();
        try (ImageDataset train = table.train().build();
                ImageDataset validation = table.validation().build();
                MultiLabelTrainer trainer = MultiLabelTrainer.builder(table.heads(), backbone)
                        .optFineTuning(8) // epochs, the first for the heads alone
                        .addListener(TrainingListener.onEpoch(System.out::println))
                        .build()) {
            trainer.fit(train, validation);
            Evaluation evaluation = trainer.evaluate(validation);
            System.out.println(evaluation.table());
            double accuracy = evaluation.head("colour").accuracy();
            double f1 = evaluation.head("tags").macro().f1();
            System.out.println("accuracy of colour " + accuracy + ", macro F1 of tags " + f1);
            trainer.model().save(saved);
        }
    }

    private static void predict(Path saved, Path image) throws IOException, MalformedModelException {
        try (MultiLabelModel model = MultiLabelModel.load(saved);
                MultiLabelPredictor predictor = model.newPredictor()) {
            Prediction prediction = predictor.predict(image);
            System.out.println(prediction.head("colour").best()); // red 0.98
            System.out.println(prediction.head("tags").above(0.5)); // [rusty 0.91, open 0.77]
        }
    }
}
