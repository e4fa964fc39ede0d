package io.github.multilabel.training.internal.loop;

import com.google.gson.JsonObject;
import io.github.multilabel.training.internal.settings.TimeLimit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Holds a training to its time. As long as that is enough, the training is none but one without a limit; where the
 * machine becomes slower than was measured, steps leap in the schedule of the learning rate, so that every epoch is
 * over earlier and the last still ends at the lowest rate; an epoch of a few steps has little to leap over.
 */
final class TimeKeeper implements Pace {

    /** Of the limit, kept for what was not measured, such as the writing of checkpoints. */
    private static final double RESERVE = 0.04;
    /** The last validation may take longer than those before; {@link TimePlanner} leaves time for a whole one. */
    private static final double MORE_VALIDATION = 0.5;
    /** So many of the last steps say how slow the machine is. */
    private static final int WINDOW = 8;
    /** Of these, the longest counts for nothing: one that waited for a disk says little. */
    private static final int OUTLIERS = 1;

    private static final String SPENT = "spentSeconds";

    private final TimeLimit limit;
    private final double before;
    private final long start;
    private final TimePlan plan;
    private final Deque<Double> ratios = new ArrayDeque<>();
    private final int validationsAfter;
    private double validation = Double.NaN;
    private long last;
    /** How many steps of the schedule were leapt over. */
    private double leapt;

    /**
     * Begins.
     *
     * @param start by the clock of the limit
     * @param before the seconds that were spent until then
     * @param validationsAfter as many as follow the last epoch
     */
    TimeKeeper(TimeLimit limit, long start, double before, TimePlan plan, int validationsAfter) {
        this.limit = limit;
        this.start = start;
        this.before = before;
        this.plan = plan;
        this.validationsAfter = validationsAfter;
    }

    static double spentBefore(JsonObject saved) {
        return saved.get(SPENT).getAsDouble();
    }

    /** What a checkpoint has of it. */
    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty(SPENT, spent());
        (isLate() ? plan.cutShort() : plan).write(json);
        return json;
    }

    private double spent() {
        return before + (limit.nanoTime().getAsLong() - start) / 1e9;
    }

    private double left() {
        return (1 - RESERVE) * limit.seconds() - spent();
    }

    @Override
    public void begin() {
        last = limit.nanoTime().getAsLong();
    }

    @Override
    public double stride(int epoch, double position, long steps) {
        long now = limit.nanoTime().getAsLong();
        double planned = stepSeconds(epoch);
        if (planned > 0) {
            ratios.addLast((now - last) / 1e9 / planned);
            if (ratios.size() > WINDOW) {
                ratios.removeFirst();
            }
        }
        last = now;
        double stride = strideOver(epoch, Math.max(0, steps - position - 1), steps);
        leapt += Math.min(Math.max(0, stride - 1), Math.max(0, steps - position - 1));
        return Math.max(1, stride);
    }

    /** How far each step must go so that all that remain come to the end in time; 1 or less if all can be made. */
    private double strideOver(int epoch, double remaining, long steps) {
        int epochs = plan.stepSeconds().size();
        double work = remaining * stepSeconds(epoch);
        for (int later = epoch + 1; later < epochs; later++) {
            work += steps * stepSeconds(later);
        }
        double available = left() - (epochs - epoch + validationsAfter + MORE_VALIDATION) * validationSeconds();
        return work == 0 ? 1 : available <= 0 ? Double.POSITIVE_INFINITY : slowness() * work / available;
    }

    /**
     * The same, where the time is held against what is left of its epochs.
     *
     * @param epoch that comes next, from 0
     * @param position of its next step, from 0
     * @param steps of each epoch
     */
    TimeKeeper from(int epoch, double position, long steps) {
        boolean isEnough = epoch >= plan.stepSeconds().size() || strideOver(epoch, steps - position, steps) <= 1;
        return isEnough ? this : new TimeKeeper(limit, start, before, plan.cutShort(), validationsAfter);
    }

    TimePlan plan() {
        return plan;
    }

    Duration limit() {
        return limit.duration();
    }

    /** Whether steps had to leap although there was time for all. */
    boolean isLate() {
        return plan.isWhole() && leapt >= 1;
    }

    /** A validation took so many seconds. */
    void validated(double seconds) {
        validation = seconds;
    }

    long now() {
        return limit.nanoTime().getAsLong();
    }

    /** Whether there is time for a step of an epoch and its validation, and what follows the last. */
    boolean isTimeFor(int epoch) {
        return left() >= (1 + validationsAfter) * validationSeconds() + slowness() * stepSeconds(epoch);
    }

    /**
     * For how many epochs after those that are done there is time, if none ends early.
     *
     * @param begun the steps of the next epoch that are done
     * @param steps of an epoch
     */
    int wholeEpochs(int done, int begun, int steps) {
        double left = left() - validationsAfter * validationSeconds() + begun * stepSeconds(done);
        int epoch = done;
        while (epoch < plan.stepSeconds().size()) {
            left -= steps * stepSeconds(epoch) + validationSeconds();
            if (left < 0) {
                break;
            }
            epoch++;
        }
        return epoch - done;
    }

    private double stepSeconds(int epoch) {
        return plan.stepSeconds().get(Math.min(epoch, plan.stepSeconds().size() - 1));
    }

    private double validationSeconds() {
        return Double.isNaN(validation) ? Math.max(1, slowness()) * plan.validationSeconds() : validation;
    }

    /** How long a step takes of late, by what was measured before the first; 1 until enough are known. */
    private double slowness() {
        if (ratios.size() <= OUTLIERS) {
            return 1;
        }
        return ratios.stream()
                .sorted()
                .limit(ratios.size() - OUTLIERS)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return limit.toString();
    }
}
