package io.github.multilabel.model.internal.description;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.multilabel.core.Head;
import io.github.multilabel.core.HeadSet;
import io.github.multilabel.core.internal.files.JsonFields;
import io.github.multilabel.core.internal.message.Excerpt;
import io.github.multilabel.model.combination.Combinations;
import io.github.multilabel.model.drift.AnswerReference;
import io.github.multilabel.model.drift.UnusualThreshold;
import io.github.multilabel.model.heads.HeadCalibration;
import io.github.multilabel.model.heads.HeadThreshold;
import io.github.multilabel.model.heads.JointDecoding;
import io.github.multilabel.model.heads.SureAnswers;
import io.github.multilabel.model.internal.ThresholdsJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How heads answer beyond each for itself.
 *
 * @param joint how the heads of each hierarchy answer together; none answer by themselves
 * @param calibration how logits are changed then, of some heads
 * @param thresholds from which probability on heads answer, of some
 * @param sure from which probability on the heads of each hierarchy are sure; none do not tell
 * @param combinations which categories go together; empty if that is not answered
 * @param reference what heads answered on validation images; empty if that is not known
 * @param unusual from which distance to usual features on images are unusual; empty if that is not told
 */
public record Answering(
        List<JointDecoding> joint,
        List<HeadCalibration> calibration,
        List<HeadThreshold> thresholds,
        List<SureAnswers> sure,
        Optional<Combinations> combinations,
        Optional<AnswerReference> reference,
        Optional<UnusualThreshold> unusual) {

    /** Each head for itself. */
    public static final Answering ALONE = new Answering(
            List.of(), List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final String JOINT = "joint";
    private static final String CALIBRATION = "calibration";
    private static final String SURE = "sure";
    private static final String COMBINATIONS = "combinations";
    private static final String UNUSUAL = "unusual";
    private static final String HEAD = "head";
    private static final String TEMPERATURE = "temperature";
    private static final String SCALES = "scales";
    private static final String OFFSETS = "offsets";
    private static final String PRECISION = "precision";

    /** Copies the lists. */
    public Answering {
        joint = List.copyOf(joint);
        calibration = List.copyOf(calibration);
        thresholds = List.copyOf(thresholds);
        sure = List.copyOf(sure);
    }

    /** Without what was chosen for other probabilities. */
    public Answering withJoint(List<JointDecoding> joint) {
        return new Answering(joint, List.of(), List.of(), List.of(), combinations, Optional.empty(), unusual);
    }

    /** Without what was chosen for other probabilities. */
    public Answering withCalibration(List<HeadCalibration> calibration) {
        return new Answering(joint, calibration, List.of(), List.of(), combinations, Optional.empty(), unusual);
    }

    /** Without a reference of heads whose tags would be others. */
    public Answering withThresholds(List<HeadThreshold> thresholds) {
        Set<String> others = new HashSet<>();
        Stream.concat(this.thresholds.stream(), thresholds.stream())
                .filter(each -> each.kind() == Head.Kind.MULTI_LABEL)
                .filter(each -> !(this.thresholds.contains(each) && thresholds.contains(each)))
                .forEach(each -> others.add(each.head()));
        return new Answering(
                joint,
                calibration,
                thresholds,
                sure,
                combinations,
                reference.map(each -> each.filter(head -> !others.contains(head))),
                unusual);
    }

    public Answering withSure(List<SureAnswers> sure) {
        return new Answering(joint, calibration, thresholds, sure, combinations, reference, unusual);
    }

    public Answering withCombinations(Optional<Combinations> combinations) {
        return new Answering(joint, calibration, thresholds, sure, combinations, reference, unusual);
    }

    public Answering withReference(Optional<AnswerReference> reference) {
        return new Answering(joint, calibration, thresholds, sure, combinations, reference, unusual);
    }

    public Answering withUnusual(Optional<UnusualThreshold> unusual) {
        return new Answering(joint, calibration, thresholds, sure, combinations, reference, unusual);
    }

    /**
     * The same for heads that have to fit.
     *
     * @throws IllegalArgumentException if something is for other heads, or twice for the same
     */
    public Answering forHeads(HeadSet heads) {
        joint.forEach(each -> each.requireFit(heads));
        requireOnce("joint decoding of head '%s' is", joint, JointDecoding::finest);
        calibration.forEach(each -> each.requireFit(heads));
        requireOnce("calibration of head '%s' is", calibration, HeadCalibration::head);
        thresholds.forEach(each -> each.requireFit(heads));
        requireOnce("threshold of head '%s' is", thresholds, HeadThreshold::head);
        sure.forEach(each -> each.requireFit(heads));
        requireOnce("sure answers of head '%s' are", sure, SureAnswers::finest);
        reference.ifPresent(each -> each.requireFit(heads));
        return withCombinations(combinations.map(each -> each.forHeads(heads)));
    }

    private static <T> void requireOnce(String what, List<T> all, Function<T, String> head) {
        Set<String> seen = new HashSet<>();
        for (T each : all) {
            if (!seen.add(head.apply(each))) {
                throw new IllegalArgumentException(what.replace("%s", Excerpt.of(head.apply(each))) + " given twice");
            }
        }
    }

    /**
     * What is left where only some heads are: all that is for these.
     *
     * @param all the heads that this is for
     */
    public Answering among(HeadSet left, HeadSet all) {
        Set<String> names = Set.copyOf(left.names());
        Set<String> same = new HashSet<>(names); // of these heads the probabilities stay what they were
        List<JointDecoding> whole = new ArrayList<>();
        for (JointDecoding each : joint) {
            Set<String> together = new HashSet<>(each.powers().keySet());
            together.add(each.finest());
            if (names.containsAll(together)) {
                whole.add(each);
            } else {
                same.removeAll(together);
            }
        }
        return new Answering(
                whole,
                calibration.stream().filter(each -> same.contains(each.head())).toList(),
                thresholds.stream().filter(each -> same.contains(each.head())).toList(),
                sure.stream() // a threshold was chosen for the answers of all of them
                        .filter(each -> names.contains(each.finest())
                                && names.containsAll(all.hierarchy().parents(each.finest())))
                        .toList(),
                combinations.filter(each -> names.containsAll(each.heads().names())),
                reference.map(each -> each.filter(same::contains)),
                unusual);
    }

    /** A line for each, for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (JointDecoding each : joint) {
            lines.add(each.finest()
                    + each.powers().entrySet().stream()
                            .map(power -> power.getKey() + " " + power.getValue())
                            .collect(Collectors.joining(", ", " together with (powers of own heads: ", ")")));
        }
        calibration.forEach(each -> lines.add(each.toString()));
        thresholds.forEach(each -> lines.add(each.toString()));
        combinations.ifPresent(each -> lines.add(each.toString()));
        for (SureAnswers each : sure) {
            lines.add("sure of " + each.finest() + " and what it determines from " + (float) each.threshold()
                    + " on, for a precision of " + each.precision());
        }
        unusual.ifPresent(each -> lines.add(each.toString()));
        return lines;
    }

    /** Adds what there is to a description. */
    public void write(JsonObject json) {
        write(json, JOINT, joint, Answering::json);
        write(json, CALIBRATION, calibration, Answering::json);
        ThresholdsJson.write(thresholds, json);
        write(json, SURE, sure, Answering::json);
        combinations.ifPresent(each -> json.add(COMBINATIONS, JsonParser.parseString(each.toJson())));
        ReferenceJson.write(reference, json);
        unusual.ifPresent(each -> json.add(UNUSUAL, json(each)));
    }

    private static <T> void write(JsonObject json, String name, List<T> all, Function<T, JsonObject> one) {
        if (!all.isEmpty()) {
            JsonArray list = new JsonArray();
            all.forEach(each -> list.add(one.apply(each)));
            json.add(name, list);
        }
    }

    private static JsonObject json(JointDecoding joint) {
        JsonObject powers = new JsonObject();
        joint.powers().forEach(powers::addProperty);
        JsonObject json = new JsonObject();
        json.addProperty("finest", joint.finest());
        json.add("powers", powers);
        return json;
    }

    private static JsonObject json(HeadCalibration calibration) {
        JsonObject json = new JsonObject();
        json.addProperty(HEAD, calibration.head());
        calibration.when(
                single -> {
                    json.addProperty(TEMPERATURE, single.temperature());
                    return json;
                },
                multi -> {
                    json.add(SCALES, array(multi.scales()));
                    json.add(OFFSETS, array(multi.offsets()));
                    return json;
                });
        return json;
    }

    private static JsonArray array(List<Double> numbers) {
        JsonArray array = new JsonArray();
        numbers.forEach(array::add);
        return array;
    }

    private static JsonObject json(SureAnswers sure) {
        JsonObject json = new JsonObject();
        json.addProperty("finest", sure.finest());
        json.addProperty("threshold", sure.threshold());
        json.addProperty(PRECISION, sure.precision());
        return json;
    }

    private static JsonObject json(UnusualThreshold unusual) {
        JsonObject json = new JsonObject();
        json.addProperty("aboveDistance", unusual.distance());
        json.addProperty("rate", unusual.rate());
        return json;
    }

    private static UnusualThreshold unusual(JsonFields json) {
        return new UnusualThreshold(json.number("aboveDistance"), json.number("rate"));
    }

    /** Reads what a description has. */
    public static Answering read(JsonFields json, HeadSet heads) {
        return new Answering(
                read(json, JOINT, Answering::joint),
                read(json, CALIBRATION, each -> calibration(each, heads)),
                ThresholdsJson.read(json, heads),
                read(json, SURE, Answering::sure),
                json.has(COMBINATIONS)
                        ? Optional.of(Combinations.fromJson(
                                json.object(COMBINATIONS).json().toString(), heads))
                        : Optional.empty(),
                ReferenceJson.read(json, heads),
                json.has(UNUSUAL) ? Optional.of(unusual(json.object(UNUSUAL))) : Optional.empty());
    }

    private static <T> List<T> read(JsonFields json, String name, Function<JsonFields, T> one) {
        return json.has(name) ? json.objects(name).stream().map(one).toList() : List.of();
    }

    private static JointDecoding joint(JsonFields json) {
        JsonFields powers = json.object("powers");
        Map<String, Double> read = new LinkedHashMap<>();
        powers.json().keySet().forEach(parent -> read.put(parent, powers.number(parent)));
        return new JointDecoding(json.text("finest"), read);
    }

    private static HeadCalibration calibration(JsonFields json, HeadSet heads) {
        String head = json.text(HEAD);
        return switch (heads.get(head).kind()) {
            case SINGLE_LABEL -> new HeadCalibration.Temperature(head, json.number(TEMPERATURE));
            case MULTI_LABEL -> new HeadCalibration.TagScales(head, json.numbers(SCALES), json.numbers(OFFSETS));
        };
    }

    private static SureAnswers sure(JsonFields json) {
        return new SureAnswers(json.text("finest"), json.number("threshold"), json.number(PRECISION));
    }
}
