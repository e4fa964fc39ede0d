// What a model answered of a photo, in one form for all kinds of heads.

/** All that differs by kind. Another kind needs an entry here, and nothing elsewhere. */
const KINDS = {
  single_label: {
    choice: 'one of',
    read(json) {
      const best = { category: json.category, probability: json.probability };
      const isUnknown = json.unknown === true;
      return {
        areTags: false, chosen: isUnknown ? [] : [best], guess: best, none: 'unknown',
        isUnknown, mayBeUnknown: 'unknown' in json,
      };
    },
  },
  multi_label: {
    choice: 'any of',
    read(json, top) {
      const chosen = json.categories.map(category => ({
        category,
        probability: top.find(one => one.category === category)?.probability ?? NaN,
      }));
      return { areTags: true, chosen, guess: top[0], none: 'no tags', isUnknown: false, mayBeUnknown: false };
    },
  },
};

/** What a head answers, in words. */
export function choice({ name, kind, categories }) {
  return `${name} (${KINDS[kind].choice} ${categories.length})`;
}

/** The most probable first: objects put keys that look like numbers, such as years, before all others. */
function sorted(probabilities) {
  return Object.entries(probabilities)
    .map(([category, probability]) => ({ category, probability }))
    .sort((a, b) => b.probability - a.probability);
}

/**
 * Reads a prediction.
 *
 * @returns {{heads: Map, sure: string[]|undefined, combination: object|undefined, unusual: boolean|undefined,
 *     distance: number|undefined}} for each head what was chosen, the guess where nothing is, and the top categories
 */
export function readAnswer(model, prediction) {
  const heads = new Map();
  for (const { name, kind } of model.heads) {
    if (Object.hasOwn(prediction.heads, name)) {
      const json = prediction.heads[name];
      const top = sorted(json.probabilities);
      heads.set(name, { ...KINDS[kind].read(json, top), top });
    }
  }
  const { sure, combination, unusual, distance } = prediction;
  return { heads, sure, combination, unusual, distance };
}

/** A probability as people read it; rounding makes nothing certain or impossible. */
export function percent(probability) {
  if (!Number.isFinite(probability)) {
    return 'n/a';
  }
  if (probability > 0 && probability < 0.0005) {
    return '< 0.1\u202f%';
  }
  if (probability < 1 && probability >= 0.9995) {
    return '> 99.9\u202f%';
  }
  return `${(100 * probability).toFixed(1)}\u202f%`;
}

/** The answer of a head in words. */
export function words(answer) {
  return answer.chosen.length > 0 ? answer.chosen.map(one => one.category).join(', ') : answer.none;
}
