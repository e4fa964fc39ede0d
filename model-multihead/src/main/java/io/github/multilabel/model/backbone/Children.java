package io.github.multilabel.model.backbone;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import java.util.List;
import java.util.function.Supplier;

/** The children of a block of DJL. */
final class Children {

    private Children() {}

    /**
     * A block of all children but the last ones; the block itself stays as it is.
     *
     * @param name of the backbone, for messages
     * @return gives the same block each time, as {@link Backbones#of(String, Block)} does
     */
    static Supplier<Block> withoutLast(String name, Block block, int count) {
        if (!(block instanceof SequentialBlock sequence)) {
            close(block);
            throw new IllegalArgumentException(
                    "backbone '" + name + "' is a " + block.getClass().getSimpleName()
                            + ", of which no last children can be left out; that takes a SequentialBlock, given by"
                            + " Backbones.of(name, block). The networks of this library have no classifier to leave out");
        }
        List<Block> children = sequence.getChildren().values();
        if (count < 1 || count >= children.size()) {
            throw new IllegalArgumentException("withoutLast(" + count + "): backbone '" + name + "' has "
                    + children.size() + " children, of which at least one must be left out and one be left");
        }
        SequentialBlock rest = new SequentialBlock().addAll(children.subList(0, children.size() - count));
        return () -> rest;
    }

    private static void close(Block block) {
        if (block instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
