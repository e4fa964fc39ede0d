/**
 * Fetching Stanford Cars, once, without leaving half of it. Start at
 * {@link io.github.multilabel.cars.download.StanfordCarsDownload}; {@code TarExtraction} unpacks.
 *
 * <p>May use: {@code core.download}, {@code core.files}, progress, archives. Knows nothing of: heads, labels, images.
 */
package io.github.multilabel.cars.download;
