package io.github.multilabel.core.internal.jpeg;

import java.util.Arrays;
import java.util.List;

/** Reads all blocks of a scan, in units (MCUs) of blocks of every component, and decodes those that planes need. */
final class Scan {

    private final BaselineJpeg jpeg;
    private final Planes planes;
    private final CoefficientReader reader;
    private final InverseTransform transform = new InverseTransform();
    private final int[] block = new int[64];
    private final int[] predictions;

    Scan(BaselineJpeg jpeg, Planes planes) {
        this.jpeg = jpeg;
        this.planes = planes;
        this.reader = jpeg.newReader();
        this.predictions = new int[jpeg.components().size()];
    }

    /** Returns whether the data is without a flaw. Blocks that are not needed are read, too, to know that. */
    boolean read() {
        int across = jpeg.unitsAcross();
        int down = jpeg.unitsDown();
        int interval = jpeg.restartInterval();
        int sinceRestart = 0;
        int restarts = 0;
        for (int y = 0; y < down; y++) {
            for (int x = 0; x < across; x++) {
                if (interval > 0 && sinceRestart == interval) {
                    if (!reader.restart(restarts & 7)) {
                        return false;
                    }
                    Arrays.fill(predictions, 0);
                    restarts++;
                    sinceRestart = 0;
                }
                sinceRestart++;
                if (!(planes.needs(y, x) ? decode(y, x) : skip())) {
                    return false;
                }
            }
            if (!reader.isWhole() || transform.isBeyond()) {
                return false;
            }
        }
        return reader.isAtEnd();
    }

    private boolean decode(int unitRow, int unitColumn) {
        List<Component> components = jpeg.components();
        for (int c = 0; c < predictions.length; c++) {
            Component component = components.get(c);
            Plane plane = planes.get(c);
            for (int v = 0; v < component.vertical(); v++) {
                for (int h = 0; h < component.horizontal(); h++) {
                    int columns =
                            plane.blockSide() == 1 ? reader.first(component, block) : reader.block(component, block);
                    if (columns == CoefficientReader.DAMAGED) {
                        return false;
                    }
                    predictions[c] += block[0];
                    block[0] = predictions[c] * component.quantization()[0];
                    transform.apply(
                            block,
                            columns,
                            plane.blockSide(),
                            plane.samples(),
                            plane.indexOfBlock(
                                    unitRow * component.vertical() + v, unitColumn * component.horizontal() + h),
                            plane.stride());
                }
            }
        }
        return true;
    }

    private boolean skip() {
        List<Component> components = jpeg.components();
        for (int c = 0; c < predictions.length; c++) {
            Component component = components.get(c);
            for (int i = component.vertical() * component.horizontal(); i > 0; i--) {
                if (reader.first(component, block) == CoefficientReader.DAMAGED) {
                    return false;
                }
                predictions[c] += block[0];
            }
        }
        block[0] = 0;
        return true;
    }
}
