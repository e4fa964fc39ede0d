package io.github.multilabel.testsupport;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Drawings of one coloured square each, for tests that train.
 *
 * @param name of the image's file
 * @param png the drawing, 32 x 32
 * @param colour of the square: blue, green or red
 * @param ground what is behind it: dark or light
 * @param size of the square: small or large
 * @param tags what else there is: frame, sun, both or nothing
 */
public record Shapes(String name, byte[] png, String colour, String ground, String size, List<String> tags) {

    /** The height and width. */
    public static final int SIDE = 32;

    private static final Map<String, Color> COLOURS =
            new TreeMap<>(Map.of("blue", Color.BLUE, "green", Color.GREEN, "red", Color.RED));

    /** The same for the same seed. */
    public static List<Shapes> draw(int count, long seed) {
        Random random = new Random(seed);
        List<Shapes> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drawn.add(draw(i + ".png", random));
        }
        return drawn;
    }

    private static Shapes draw(String name, Random random) {
        String colour = List.copyOf(COLOURS.keySet()).get(random.nextInt(COLOURS.size()));
        boolean dark = random.nextBoolean();
        int grey = (dark ? 10 : 180) + random.nextInt(60);
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(grey, grey, grey));
        graphics.fillRect(0, 0, SIDE, SIDE);
        graphics.setColor(COLOURS.get(colour));
        boolean large = random.nextBoolean();
        int side = (large ? 15 : 8) + random.nextInt(4);
        graphics.fillRect(2 + random.nextInt(10), 2 + random.nextInt(10), side, side);
        List<String> tags = new ArrayList<>();
        if (random.nextBoolean()) {
            graphics.setColor(Color.MAGENTA);
            graphics.drawRect(0, 0, SIDE - 1, SIDE - 1);
            graphics.drawRect(1, 1, SIDE - 3, SIDE - 3);
            tags.add("frame");
        }
        if (random.nextBoolean()) {
            graphics.setColor(Color.YELLOW);
            graphics.fillOval(22, 2, 8, 8);
            tags.add("sun");
        }
        graphics.dispose();
        return new Shapes(
                name, DrawnImages.png(image), colour, dark ? "dark" : "light", large ? "large" : "small", tags);
    }

    /** Writes the drawings into the folder {@code photos}, and {@code labels.csv} beside it, which is returned. */
    public static Path write(List<Shapes> shapes, Path folder) throws IOException {
        Path photos = Files.createDirectories(folder.resolve("photos"));
        StringBuilder table = new StringBuilder("file,colour,ground,tags\n");
        for (Shapes shape : shapes) {
            Files.write(photos.resolve(shape.name()), shape.png());
            table.append(String.join(",", shape.name(), shape.colour(), shape.ground(), String.join("|", shape.tags())))
                    .append('\n');
        }
        return Files.writeString(folder.resolve("labels.csv"), table);
    }
}
