// Whether the photos that the service is asked about are like those that the model was judged by.

import { byId, element } from './elements.js';

const LOOK = 0.1;
const OTHERS = 0.25;

/** What a population stability index means; one that chance explains means nothing. */
function meaning(index, byChance) {
  if (index === null) {
    return 'too few photos';
  }
  if (index < LOOK || (byChance !== null && index <= byChance)) {
    return 'as before';
  }
  return index <= OTHERS ? 'worth a look' : 'others than before';
}

function index(value) {
  return value === null ? '\u2013' : value.toFixed(2);
}

function share(value) {
  return value === null ? '\u2013' : `${(100 * value).toFixed(0)}\u202f%`;
}

function changed({ shares }) {
  const [first] = shares;
  return first ? `${first.category || 'all others'}: ${share(first.before)} \u2192 ${share(first.now)}` : '';
}

function row(head) {
  const cells = [
    meaning(head.categories, head.categoriesByChance), index(head.categories), changed(head),
    meaning(head.confidence, head.confidenceByChance), index(head.confidence),
  ].map(text => element('td', { textContent: text, className: text.startsWith('others') ? 'unusual' : '' }));
  return element('tr', {}, element('th', { scope: 'row', textContent: head.name }), ...cells);
}

/** Shows the drift of a model; nothing where it does not tell, or has answered nothing yet. */
export function showDrift({ heads }) {
  const images = Math.max(0, ...heads.map(head => head.images));
  byId('drift').hidden = images === 0;
  byId('drift-count').textContent = `Of the last ${images.toLocaleString('en')} photos of everybody, compared with the validation photos of the`
    + ' training, by population stability indices: below 0.1, or where chance explains it,'
    + ' nothing has changed; above 0.25 the photos are others.';
  byId('drift-rows').replaceChildren(...heads.map(row));
}
