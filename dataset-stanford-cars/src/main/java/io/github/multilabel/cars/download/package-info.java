/**
 * Fetching Stanford Cars, once, without leaving half of it. Start at {@link StanfordCarsDownload};
 * {@code TarExtraction} unpacks.
 *
 * <p>May use: core, core.internal.download, core.internal.files; Commons Compress, DJL, SLF4J.
 */
@NullMarked
package io.github.multilabel.cars.download;

import org.jspecify.annotations.NullMarked;
