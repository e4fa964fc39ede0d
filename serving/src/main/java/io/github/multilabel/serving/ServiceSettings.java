package io.github.multilabel.serving;

import io.github.multilabel.core.torch.Precision;
import java.util.Optional;

/**
 * How all models of a service are loaded.
 *
 * @param engine that computes; empty for the default of each
 * @param precision of the convolutions
 * @param limits of the queue
 * @param pixelLimit the largest height times width of an image
 */
record ServiceSettings(Optional<String> engine, Precision precision, BatchQueue.Limits limits, long pixelLimit) {}
