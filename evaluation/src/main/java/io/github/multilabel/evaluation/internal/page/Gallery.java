package io.github.multilabel.evaluation.internal.page;

import java.util.List;

/**
 * Images with what is to be said of them.
 *
 * @param title above them
 * @param note what they are
 * @param items in their order
 */
public record Gallery(String title, String note, List<Item> items) implements Part {

    /** Copies the list. */
    public Gallery {
        items = List.copyOf(items);
    }

    /** Whether images have others beside them. */
    boolean isWide() {
        return items.stream().anyMatch(item -> item.pictures().size() > 1);
    }

    /**
     * An image, with others that belong to it.
     *
     * @param name such as its file
     * @param pictures of it, such as the image and its heat map; empty where there is none
     * @param lines what is said of it
     */
    public record Item(String name, List<Picture> pictures, List<String> lines) {

        /** Copies the lists. */
        public Item {
            pictures = List.copyOf(pictures);
            lines = List.copyOf(lines);
        }
    }
}
