/**
 * Files from the network, each fetched once, without leaving half of one. Start at
 * {@link io.github.multilabel.core.download.Download}: {@link io.github.multilabel.core.download.RemoteFile} is what is
 * fetched, {@code Transfer} brings it and resumes, {@link io.github.multilabel.core.download.DownloadLock} lets one
 * fetch while others wait, {@link io.github.multilabel.core.download.Mirror} is the user's own server.
 *
 * <p>May use: {@code core.internal.http}, {@code core.files}, progress, DJL's offline mode. Knows nothing of: what the
 * files hold.
 */
package io.github.multilabel.core.internal.download;
