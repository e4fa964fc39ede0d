package io.github.multilabel.core.internal.jpeg;

import java.util.ArrayList;
import java.util.List;

/** The samples of all components that a part of the image needs, and how they become its pixels. */
final class Planes {

    private static final int SIDE = 8;

    private final Part part;
    private final List<Plane> planes = new ArrayList<>();
    /** Whether chroma has half the width of luma, and half its height, at this reduction. */
    private final boolean halfWidth;

    private final boolean halfHeight;
    /** Whether there are two rows of chroma for each of luma, because only its width was reduced by half as much. */
    private final boolean twoRows;

    private final int firstRow;
    private final int lastRow;
    private final int firstColumn;
    private final int lastColumn;

    Planes(BaselineJpeg jpeg, Part part, int reduction) {
        this.part = part;
        Component luma = jpeg.components().get(0);
        int side = SIDE / reduction;
        boolean wide = luma.horizontal() == 2;
        // at a reduction, blocks of narrow chroma are reduced by half as much, and need no upsampling
        int chromaSide = wide && reduction > 1 ? 2 * side : side;
        halfWidth = wide && chromaSide == side;
        halfHeight = luma.vertical() == 2 && halfWidth;
        twoRows = wide && !halfWidth && luma.vertical() == 1;
        int unitHeight = luma.vertical() * side;
        int unitWidth = luma.horizontal() * side;
        int beside = halfWidth ? 2 : 0; // upsampling looks at the neighbours
        int beyond = halfHeight ? 2 : 0;
        firstRow = Math.max(0, part.top() - beyond) / unitHeight;
        lastRow = Math.min(jpeg.unitsDown() - 1, (part.top() + part.height() - 1 + beyond) / unitHeight);
        firstColumn = Math.max(0, part.left() - beside) / unitWidth;
        lastColumn = Math.min(jpeg.unitsAcross() - 1, (part.left() + part.width() - 1 + beside) / unitWidth);
        int height = BaselineJpeg.ceil(jpeg.height(), reduction);
        int width = BaselineJpeg.ceil(jpeg.width(), reduction);
        for (Component component : jpeg.components()) {
            planes.add(
                    component == luma
                            ? plane(component, height, width, side)
                            : plane(
                                    component,
                                    halfHeight ? BaselineJpeg.ceil(height, 2) : height,
                                    halfWidth ? BaselineJpeg.ceil(width, 2) : width,
                                    chromaSide));
        }
    }

    private Plane plane(Component component, int height, int width, int side) {
        int unitHeight = component.vertical() * side;
        int unitWidth = component.horizontal() * side;
        int stride = (lastColumn - firstColumn + 1) * unitWidth;
        int rows = (lastRow - firstRow + 1) * unitHeight;
        return new Plane(
                height, width, side, firstRow * unitHeight, firstColumn * unitWidth, stride, new byte[rows * stride]);
    }

    Plane get(int component) {
        return planes.get(component);
    }

    /** Whether a unit (MCU) has samples of the part or beside it. */
    boolean needs(int unitRow, int unitColumn) {
        return unitRow >= firstRow && unitRow <= lastRow && unitColumn >= firstColumn && unitColumn <= lastColumn;
    }

    byte[] toRgb() {
        byte[] rgb = new byte[part.height() * part.width() * Rgb.CHANNELS];
        int rowBytes = part.width() * Rgb.CHANNELS;
        byte[] luma = new byte[part.width()];
        ChromaRow blue = new ChromaRow(1);
        ChromaRow red = new ChromaRow(2);
        for (int y = 0; y < part.height(); y++) {
            planes.get(0).row(part.top() + y, part.left(), luma.length, luma);
            if (planes.size() == 1) {
                Rgb.grey(luma, rgb, y * rowBytes);
            } else {
                Rgb.convert(luma, blue.at(y), red.at(y), blue.skipped, rgb, y * rowBytes);
            }
        }
        return rgb;
    }

    /** Rows of a chroma component in the size of luma. */
    private final class ChromaRow {

        private final int component;
        private final int first = halfWidth ? part.left() / 2 : part.left();
        private final int count = halfWidth ? (part.left() + part.width() - 1) / 2 - first + 1 : part.width();
        private final byte[] row = new byte[2 * count];
        private final int[] sums = new int[count + 2];
        /** Samples at the start of a row that belong to the column before the part. */
        final int skipped = halfWidth ? part.left() & 1 : 0;

        ChromaRow(int component) {
            this.component = component;
        }

        byte[] at(int y) {
            Plane plane = planes.get(component);
            if (halfWidth) {
                plane.upsampledRow(part.top() + y, first, count, halfHeight, row, sums);
            } else if (twoRows) {
                plane.meanRow(2 * (part.top() + y), first, count, row);
            } else {
                plane.row(part.top() + y, first, count, row);
            }
            return row;
        }
    }
}
