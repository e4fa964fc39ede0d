package io.github.multilabel.model.drift;

import io.github.multilabel.model.prediction.HeadPrediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The last answers of one head beside its reference. For one thread at a time, but for {@link #answer}. */
final class HeadWindow {

    /** Names all categories that the reference does not tell apart. */
    private static final String OTHERS = "";

    private final HeadReference reference;
    private final Map<String, Integer> bits = new HashMap<>();
    /** Of each category that is told apart, and behind them of all others. */
    private final long[] before;

    private final long[] now;
    private final long[] binsBefore;
    private final long[] binsNow = new long[HeadReference.BINS];
    /** A ring of answers, each with a bit for each category that was predicted. */
    private final long[] predicted;
    /** The same ring, with the counts of all bins of an answer side by side. */
    private final short[] bins;

    private int next;
    private int size;

    HeadWindow(HeadReference reference, int window) {
        this.reference = reference;
        reference.categories().keySet().forEach(category -> bits.put(category, bits.size()));
        before = Arrays.copyOf(
                reference.categories().values().stream()
                        .mapToLong(Long::longValue)
                        .toArray(),
                bits.size() + 1);
        before[bits.size()] = reference.images() - Arrays.stream(before).sum();
        now = new long[before.length];
        binsBefore = reference.confidence().stream().mapToLong(Long::longValue).toArray();
        predicted = new long[window];
        bins = new short[window * HeadReference.BINS];
    }

    /**
     * What counts of an answer.
     *
     * @param predicted a bit for each category
     * @param bins how many probabilities are in each
     */
    record Answer(long predicted, long[] bins) {}

    String name() {
        return reference.head();
    }

    /** Reads nothing that changes. */
    Answer answer(HeadPrediction prediction) {
        long categories = 0;
        for (int category : HeadReference.predicted(prediction)) {
            categories |= 1L << bits.getOrDefault(prediction.head().category(category), bits.size());
        }
        long[] ofBins = new long[HeadReference.BINS];
        HeadReference.addConfidence(prediction, ofBins);
        return new Answer(categories, ofBins);
    }

    void add(Answer answer) {
        if (size == predicted.length) {
            count(-1);
        } else {
            size++;
        }
        predicted[next] = answer.predicted();
        for (int bin = 0; bin < HeadReference.BINS; bin++) {
            bins[next * HeadReference.BINS + bin] = (short) answer.bins()[bin];
        }
        count(1);
        next = (next + 1) % predicted.length;
    }

    /** Counts the answer at the place of the next one, or takes it away. */
    private void count(int times) {
        for (int category = 0; category < now.length; category++) {
            now[category] += times * (predicted[next] >>> category & 1);
        }
        for (int bin = 0; bin < HeadReference.BINS; bin++) {
            binsNow[bin] += times * Short.toUnsignedLong(bins[next * HeadReference.BINS + bin]);
        }
    }

    HeadDrift drift() {
        boolean isEnough = Math.min(size, reference.images()) >= AnswerDrift.FEWEST;
        double ofCategories = Double.NaN;
        double byChance = Double.NaN;
        double ofBins = Double.NaN;
        double binsByChance = Double.NaN;
        if (isEnough) {
            ofBins = StabilityIndex.of(binsBefore, binsNow);
            switch (reference.kind()) {
                case SINGLE_LABEL -> {
                    ofCategories = StabilityIndex.of(before, now);
                    byChance = byChance(before, now);
                    binsByChance = byChance(binsBefore, binsNow);
                }
                case MULTI_LABEL -> {
                    ofCategories = IntStream.range(0, bits.size())
                            .mapToDouble(this::ofTag)
                            .max()
                            .orElse(Double.NaN);
                    byChance = StabilityIndex.byChance(2, reference.images(), size);
                }
            }
        }
        return new HeadDrift(name(), size, ofCategories, byChance, ofBins, binsByChance, shares());
    }

    /** Of images that have a tag, and that have it not. */
    private double ofTag(int tag) {
        return StabilityIndex.of(
                new long[] {before[tag], reference.images() - before[tag]}, new long[] {now[tag], size - now[tag]});
    }

    private double byChance(long[] before, long[] now) {
        int used = (int) IntStream.range(0, before.length)
                .filter(bin -> before[bin] + now[bin] > 0)
                .count();
        return StabilityIndex.byChance(used, reference.images(), size);
    }

    private List<HeadDrift.Share> shares() {
        List<String> names = new ArrayList<>(reference.categories().keySet());
        List<HeadDrift.Share> shares = new ArrayList<>();
        IntToDoubleFunction was = category -> (double) before[category] / reference.images();
        IntToDoubleFunction is = category -> size == 0 ? Double.NaN : (double) now[category] / size;
        for (int category = 0; category < names.size(); category++) {
            shares.add(
                    new HeadDrift.Share(names.get(category), was.applyAsDouble(category), is.applyAsDouble(category)));
        }
        switch (reference.kind()) {
            case SINGLE_LABEL -> {
                if (before[names.size()] + now[names.size()] > 0) {
                    shares.add(new HeadDrift.Share(
                            OTHERS, was.applyAsDouble(names.size()), is.applyAsDouble(names.size())));
                }
            }
            case MULTI_LABEL -> {} // how many images had any of the other tags is not kept
        }
        shares.sort(Comparator.comparingDouble((HeadDrift.Share share) -> Math.abs(share.now() - share.before()))
                .reversed());
        return shares;
    }
}
