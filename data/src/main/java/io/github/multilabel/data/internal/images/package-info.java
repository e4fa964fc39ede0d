/**
 * The images that cells of a table name: {@link ImageFolder} finds the file, address or data of a cell,
 * {@link UrlImages} keeps what addresses give; and {@link ImageFiles}, those that lie in a folder.
 *
 * <p>May use: core.image, core.internal.files, core.internal.http, data.internal.text; DJL, SLF4J.
 */
@NullMarked
package io.github.multilabel.data.internal.images;

import org.jspecify.annotations.NullMarked;
