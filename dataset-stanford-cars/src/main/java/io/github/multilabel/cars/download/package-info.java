/**
 * Fetching Stanford Cars, once, without leaving half a file. Start at
 * {@link io.github.multilabel.cars.download.StanfordCarsDownload}: {@code RemoteFile} is what is fetched,
 * {@code Transfer} brings one file and resumes, {@code TarExtraction} unpacks.
 *
 * <p>May use: {@code core.files}, HTTP, archives. Knows nothing of: heads, labels, images.
 */
package io.github.multilabel.cars.download;
