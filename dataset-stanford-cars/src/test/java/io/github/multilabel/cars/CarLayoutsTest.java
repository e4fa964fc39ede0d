package io.github.multilabel.cars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarLayoutsTest {

    @TempDir
    Path temp;

    /** Each row as photo, category, split, found. */
    private static List<String> rows(Path root) throws IOException {
        return CarLayouts.read(root).rows().stream()
                .map(row -> row.photo() + " " + row.category() + (row.test() ? " test" : " train")
                        + (row.file().isPresent() ? "" : " missing"))
                .toList();
    }

    @Test
    void torchvisionsLayoutIsRead() throws IOException {
        CarFolder.torchvision(temp);
        assertThat(rows(temp))
                .containsExactly(
                        "00001.jpg 0 train",
                        "00002.jpg 1 train",
                        "00003.jpg 3 train",
                        "00001.jpg 2 test",
                        "00002.jpg 0 test");
        assertThat(CarLayouts.read(temp).names().stream().map(CarName::fullName))
                .isEqualTo(CarFolder.NAMES);
    }

    @Test
    void theFolderAroundIsAcceptedToo() throws IOException {
        CarFolder.torchvision(temp.resolve("stanford_cars"));
        assertThat(rows(temp)).hasSize(5);
    }

    @Test
    void foldersDoubledByUnpackingAreRead() throws IOException {
        new CarFolder(temp)
                .meta()
                .list("cars_train_annos.mat", "00001.jpg", 1)
                .photos("cars_train/cars_train", "00001.jpg");
        assertThat(rows(temp)).containsExactly("00001.jpg 0 train");
    }

    @Test
    void theMergedLayoutTellsTheSplitByItsFlag() throws IOException {
        new CarFolder(temp)
                .merged("000001.jpg", 1, false, "000002.jpg", 1, true, "000003.jpg", 4, false)
                .photos("car_ims", "000001.jpg", "000002.jpg");
        assertThat(rows(temp)).containsExactly("000001.jpg 0 train", "000002.jpg 0 test", "000003.jpg 3 train missing");
    }

    @Test
    void sameNumbersInTheFoldersByClassAreDifferentPhotos() throws IOException {
        new CarFolder(temp)
                .text("names.csv", CarFolder.NAMES.toArray(String[]::new))
                .text("anno_train.csv", "00001.jpg,39,116,569,375,1", "00002.jpg,1,1,2,2,3")
                .text("anno_test.csv", "00001.jpg,30,52,246,147,1")
                .photos("car_data/car_data/train/Audi A5 Coupe 2012", "00001.jpg")
                .photos("car_data/car_data/train/Ram C-V Cargo Van Minivan 2012", "00002.jpg")
                .photos("car_data/car_data/test/Audi A5 Coupe 2012", "00001.jpg");
        assertThat(rows(temp))
                .containsExactly(
                        "Audi A5 Coupe 2012/00001.jpg 0 train",
                        "Ram C-V Cargo Van Minivan 2012/00002.jpg 2 train",
                        "Audi A5 Coupe 2012/00001.jpg 0 test");
        assertThat(CarLayouts.read(temp).rows().stream().map(row -> row.file().orElseThrow()))
                .doesNotHaveDuplicates();
    }

    @Test
    void foldersByClassAreEnough() throws IOException {
        new CarFolder(temp)
                .photos("train/Audi A5 Coupe 2012", "00001.jpg")
                .photos("train/Ram C-V Cargo Van Minivan 2012", "00002.jpg")
                .photos("test/Audi A5 Coupe 2012", "00001.jpg");
        assertThat(rows(temp))
                .containsExactly(
                        "Audi A5 Coupe 2012/00001.jpg 0 train",
                        "Ram C-V Cargo Van Minivan 2012/00002.jpg 1 train",
                        "Audi A5 Coupe 2012/00001.jpg 0 test");
        assertThat(CarLayouts.read(temp).names())
                .extracting(CarName::fullName)
                .containsExactly("Audi A5 Coupe 2012", "Ram C/V Cargo Van Minivan 2012");
    }

    @Test
    void theListOfTestPhotosWithoutClassesGivesNoClass() throws IOException {
        new CarFolder(temp)
                .meta()
                .listWithoutClasses("devkit/cars_test_annos.mat", "00001.jpg", "00002.jpg")
                .photos("cars_test", "00001.jpg", "00002.jpg");
        assertThat(rows(temp)).containsExactly("00001.jpg -1 test", "00002.jpg -1 test");
    }

    @Test
    void theListWithLabelsIsPreferred() throws IOException {
        CarFolder.torchvision(temp).listWithoutClasses("devkit/cars_test_annos.mat", "00001.jpg", "00002.jpg");
        assertThat(rows(temp)).contains("00001.jpg 2 test");
    }

    @Test
    void theLayoutThatHasPhotosIsPreferred() throws IOException {
        new CarFolder(temp)
                .meta()
                .list("devkit/cars_train_annos.mat", "00001.jpg", 1)
                .merged("000001.jpg", 2, true)
                .photos("car_ims", "000001.jpg");
        assertThat(rows(temp)).containsExactly("000001.jpg 1 test");
    }

    @Test
    void namesMayBeInUpperCaseOnDiskButMustBeFiles() throws IOException {
        new CarFolder(temp)
                .meta()
                .list("devkit/cars_train_annos.mat", "00001.jpg", 1, "00002.jpg", 1)
                .photos("cars_train", "00001.JPG")
                .photos("cars_train/00002.jpg", "inside.txt");
        assertThat(rows(temp)).containsExactly("00001.jpg 0 train", "00002.jpg 0 train missing");
    }

    @Test
    void aPathThatLeavesTheFolderNamesNoPhoto() throws IOException {
        new CarFolder(temp)
                .meta()
                .list("devkit/cars_train_annos.mat", "00001.jpg", 1, "../secret.jpg", 1)
                .photos("cars_train", "00001.jpg")
                .photos(".", "secret.jpg");
        assertThat(rows(temp)).contains("../secret.jpg 0 train missing");
    }

    @Test
    void classNumbersOutsideTheNamesAreErrors() throws IOException {
        for (int number : new int[] {0, 5}) {
            new CarFolder(temp).meta().list("devkit/cars_train_annos.mat", "00001.jpg", 1, "00002.jpg", number);
            assertThatThrownBy(() -> CarLayouts.read(temp))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cars_train_annos.mat row 2: class number " + number + " is outside [1, 4]");
        }
    }

    @Test
    void classNumbersOutsideTheNamesAreErrorsInTablesToo() throws IOException {
        CarFolder folder = new CarFolder(temp)
                .text("names.csv", CarFolder.NAMES.toArray(String[]::new))
                .photos("train/Audi A5 Coupe 2012", "00001.jpg");
        folder.text("anno_train.csv", "00001.jpg,1,1,2,2,0");
        assertThatThrownBy(() -> CarLayouts.read(temp)).hasMessageContaining("anno_train.csv line 1: class number 0");
        folder.text("anno_train.csv", "00001.jpg,1,1,2,2,Audi");
        assertThatThrownBy(() -> CarLayouts.read(temp))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("anno_train.csv line 1: '00001.jpg,1,1,2,2,Audi'");
    }

    @Test
    void anEmptyFolderSaysWhatWasExpected() {
        assertThatThrownBy(() -> CarLayouts.read(temp))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(temp + ": no annotations of Stanford Cars found")
                .hasMessageContaining("devkit/cars_train_annos.mat")
                .hasMessageContaining("car_ims/000001.jpg")
                .hasMessageContaining("train/Audi A5 Coupe 2012/00001.jpg");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> CarLayouts.read(temp.resolve("nowhere")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere: no such folder");
    }

    @Test
    void photosWithoutAnnotationsSayWhichFilesAreNeeded() throws IOException {
        new CarFolder(temp).photos("cars_train", "00001.jpg");
        assertThatThrownBy(() -> CarLayouts.read(temp))
                .hasMessageContaining("put cars_meta.mat and cars_train_annos.mat into " + temp.resolve("devkit"));
    }

    @Test
    void theMergedListDoesNotFitThePhotosOfTheSplitFolders() throws IOException {
        new CarFolder(temp).merged("000001.jpg", 1, false).photos("cars_train", "00001.jpg");
        assertThatThrownBy(() -> CarLayouts.read(temp))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cars_annos.mat numbers the photos of car_ims/")
                .hasMessageContaining("cars_train_annos.mat");
    }

    @Test
    void missingClassNamesAreNamed() throws IOException {
        new CarFolder(temp).list("devkit/cars_train_annos.mat", "00001.jpg", 1);
        assertThatThrownBy(() -> CarLayouts.read(temp)).hasMessageContaining("put cars_meta.mat into");
    }

    @Test
    void classNamesThatAreNotUnderstoodOrRepeatedNameTheFile() throws IOException {
        CarFolder folder = new CarFolder(temp).list("devkit/cars_train_annos.mat", "00001.jpg", 1);
        folder.names("devkit/cars_meta.mat", "Audi A5 Coupe 2012", "a bicycle");
        assertThatThrownBy(() -> CarLayouts.read(temp))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cars_meta.mat: car name 'a bicycle' is not understood");
        folder.names("devkit/cars_meta.mat", "Audi A5 Coupe 2012", "Audi A5 Coupe 2012");
        assertThatThrownBy(() -> CarLayouts.read(temp)).hasMessageContaining("'Audi A5 Coupe 2012' appears twice");
    }

    @Test
    void aFolderOfAnUnknownClassIsNamed() throws IOException {
        new CarFolder(temp).text("names.csv", "Audi A5 Coupe 2012").photos("train/BMW X5 SUV 2007", "00001.jpg");
        assertThatThrownBy(() -> CarLayouts.read(temp))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the folder 'BMW X5 SUV 2007' is not one of the 1 names in names.csv");
    }

    @Test
    void anUnrelatedFolderBesideTheDataIsPassedOver() throws IOException {
        CarFolder.torchvision(temp.resolve("cars"));
        Files.createDirectories(temp.resolve("a/train/x"));
        assertThat(rows(temp)).hasSize(5);
    }
}
