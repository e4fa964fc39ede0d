// The answers about one photo: for each head what it says, and the most probable categories as bars.

import { percent, words } from './answer.js';
import { byId, element } from './elements.js';

const SHOWN = 5;
const FEW = 7; // are shown all

function shownOf(categories) {
  return categories.length <= FEW ? categories.length : SHOWN;
}

export class Answers {
  #place = byId('answers');
  #look;
  #all;
  #again;
  #key;

  /**
   * @param look (head, category) => shows where the model looks
   * @param all (head) => fetches all categories of a head
   * @param again () => asks again
   */
  constructor(look, all, again) {
    this.#look = look;
    this.#all = all;
    this.#again = again;
  }

  /**
   * Shows what is known of a photo.
   *
   * @param open the names of heads of which all categories are shown
   * @param looked {head, category} of the map that is shown, if one is
   */
  show(model, photo, open, looked) {
    this.#place.setAttribute('aria-busy', String(photo.state === 'waiting' || photo.state === 'asking'));
    if (photo.state === 'failed' || photo.state === 'stopped') {
      this.#place.replaceChildren(this.#failure(photo));
      return;
    }
    const focus = this.#focus();
    const parts = model.heads.map(head =>
      this.#head(model, head, photo.answer?.heads.get(head.name), photo.answer, open, looked));
    if (photo.answer?.combination) {
      parts.push(this.#combination(model, photo.answer.combination));
    }
    if (photo.answer?.unusual) {
      parts.unshift(element('p', { className: 'head together unusual', textContent:
        `Unlike the photos of the training (distance ${photo.answer.distance.toFixed(2)}, usual is around 1): nothing is answered` }));
    }
    this.#place.replaceChildren(...parts);
    focus?.();
  }

  /** Gives the focus to what stands where it was. */
  #focus() {
    const key = this.#place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    return key && (() => [...this.#place.querySelectorAll('[data-key]')].find(one => one.dataset.key === key)?.focus());
  }

  #failure(photo) {
    const again = element('button', { type: 'button', textContent: 'Ask again' });
    again.addEventListener('click', this.#again);
    const text = photo.state === 'stopped' ? 'It was stopped before this photo was answered.' : photo.problem;
    return element('div', { className: 'failure' }, element('p', { textContent: text }), again);
  }

  #head(model, { name, categories }, answer, whole, open, looked) {
    const title = element('h3', { textContent: name });
    if (whole?.sure?.includes(name)) {
      title.append(' ', element('span', { className: 'mark', textContent: 'sure' }));
    }
    const section = element('section', { className: 'head' }, title);
    if (!answer) {
      section.classList.add('waits');
      section.append(
        element('p', { className: 'answer', textContent: '\u2026' }),
        element('ol', { className: 'bars' },
          ...Array.from({ length: shownOf(categories) }, () => element('li', { className: 'empty' }))));
      if (categories.length > shownOf(categories)) {
        section.append(element('div', { className: 'later' })); // of the button, so that nothing moves
      }
      return section;
    }
    section.append(this.#said(answer));
    const shown = shownOf(categories);
    const isOpen = open.has(name);
    const chosen = new Set(answer.chosen.map(one => one.category));
    const bars = (isOpen ? answer.top : answer.top.slice(0, shown)).map(one =>
      this.#bar(model, name, one, chosen.has(one.category), looked));
    const list = element('ol', { className: 'bars' }, ...bars);
    if (isOpen) {
      list.classList.add('long');
      list.tabIndex = 0;
      list.setAttribute('aria-label', `all categories of ${name}`);
    }
    section.append(list);
    if (categories.length > shown) {
      const text = isOpen ? 'Show less' : `Show all ${categories.length}`;
      const all = element('button', {
        type: 'button', className: 'quiet', textContent: text, 'aria-expanded': String(isOpen),
        'aria-label': `${text}: ${name}`,
      });
      all.dataset.key = `all ${name}`;
      all.addEventListener('click', () => this.#all(name));
      section.append(all);
    }
    return section;
  }

  #said(answer) {
    if (answer.isUnknown) {
      return element('p', { className: 'answer unknown' },
        element('span', { className: 'badge', textContent: 'unknown' }),
        element('span', {
          className: 'guess',
          textContent: `perhaps ${answer.guess.category}, ${percent(answer.guess.probability)}`,
        }));
    }
    if (answer.areTags) {
      return answer.chosen.length === 0
        ? element('p', { className: 'answer nothing', textContent: answer.none })
        : element('ul', { className: 'answer tags' },
          ...answer.chosen.map(one => element('li', { textContent: one.category })));
    }
    return element('p', { className: 'answer' },
      element('strong', { textContent: words(answer) }),
      element('span', { className: 'figure', textContent: percent(answer.chosen[0].probability) }));
  }

  #bar(model, head, { category, probability }, isChosen, looked) {
    const fill = element('span', { className: 'fill' });
    fill.style.width = `${100 * Math.min(1, Math.max(0, probability || 0))}%`;
    const parts = [
      element('span', { className: 'category', textContent: category, title: category }),
      element('span', { className: 'track', 'aria-hidden': 'true' }, fill),
      element('span', { className: 'figure', textContent: percent(probability) }),
    ];
    const bar = element('li', { className: isChosen ? 'chosen' : '' });
    if (!model.explainable) {
      bar.append(element('span', { className: 'bar' }, ...parts));
      return bar;
    }
    const isLooked = looked?.head === head && looked.category === category;
    const button = element('button', {
      type: 'button', className: 'bar', 'aria-pressed': String(isLooked),
      title: `Where the model looks for ${category}`,
    }, ...parts);
    button.dataset.key = `bar ${head} ${category}`;
    button.addEventListener('click', () => this.#look(head, category));
    bar.append(button);
    return bar;
  }

  #combination(model, { categories, probability, unusual }) {
    const names = model.heads.filter(({ name }) => Object.hasOwn(categories, name)).map(({ name }) => categories[name]);
    const section = element('section', { className: 'head together' },
      element('h3', { textContent: 'All together' }),
      element('p', { className: 'answer' },
        element('strong', { textContent: names.join(', ') }),
        element('span', { className: 'figure', textContent: percent(probability) })));
    if (unusual) {
      section.append(element('p', { className: 'unusual', textContent: 'Unusual: no training image had the heads\u2019 answers together' }));
    }
    return section;
  }
}
