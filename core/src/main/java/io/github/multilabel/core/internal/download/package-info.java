/**
 * Files from the network, each fetched once, without leaving half of one. Start at {@link Download}: {@link RemoteFile}
 * is what is fetched, {@code Transfer} brings it and resumes, {@link DownloadLock} lets one fetch while others wait,
 * {@link Mirror} is the user's own server.
 *
 * <p>May use: core, core.internal.files, core.internal.http; DJL, SLF4J.
 */
@NullMarked
package io.github.multilabel.core.internal.download;

import org.jspecify.annotations.NullMarked;
