// The photo that is looked at, and over it where the model looks.

import { byId, element } from './elements.js';

export class Picture {
  #photo = byId('shown');
  #heat = byId('heat');
  #frame = byId('frame');
  #unseen = byId('unseen');
  #caption = byId('caption');
  #looks = byId('looks');
  #explain;
  #choose;
  #file;
  #maps = new Map();
  #running;

  /**
   * @param explain (head, category, signal) => a promise of a map of the photo that is shown
   * @param choose (head, category) => is told what was chosen; nothing for the photo itself
   */
  constructor(explain, choose) {
    this.#explain = explain;
    this.#choose = choose;
    this.#photo.addEventListener('error', () => {
      if (this.#photo.hasAttribute('src')) {
        this.#photo.hidden = true;
        this.#unseen.textContent = 'This browser cannot show such a file.';
        this.#unseen.hidden = false;
      }
    });
  }

  /** Shows a photo, or nothing; the URLs of the one before are given back. */
  show(photo) {
    if (this.#file === photo?.file) {
      return;
    }
    this.forget();
    if (this.#file) {
      URL.revokeObjectURL(this.#photo.src);
      this.#photo.removeAttribute('src');
    }
    this.#file = photo?.file;
    this.#unseen.hidden = true;
    this.#photo.hidden = false;
    if (photo) {
      this.#photo.alt = photo.name;
      this.#photo.src = URL.createObjectURL(photo.file);
    }
  }

  /** Forgets the maps: they are of another photo or model. */
  forget() {
    this.#running?.abort();
    this.#maps.forEach(url => URL.revokeObjectURL(url));
    this.#maps.clear();
    this.#hide('');
  }

  /** Shows the buttons for the heads, of which one is pressed. */
  buttons(model, photo, looked) {
    if (!model.explainable || photo.state === 'failed') {
      this.#looks.replaceChildren();
      return;
    }
    const names = [undefined, ...model.heads.map(head => head.name)];
    const key = names.slice(1).join('\n');
    if (this.#looks.dataset.heads !== key || this.#looks.children.length === 0) {
      this.#looks.dataset.heads = key;
      this.#looks.replaceChildren(...names.map(name => {
        const button = element('button', {
          type: 'button',
          textContent: name ?? 'Photo',
          title: name === undefined ? 'The photo as it is' : `Where the model looks for ${name}`,
        });
        button.addEventListener('click', () => this.#choose(name));
        return button;
      }));
    }
    names.forEach((name, i) => this.#looks.children[i].setAttribute('aria-pressed', String(looked?.head === name)));
  }

  /** Shows the map of a head and category; the photo if there is none. */
  async look(looked) {
    this.#running?.abort();
    if (!looked) {
      this.#hide('');
      return;
    }
    const { head, category } = looked;
    const key = JSON.stringify([head, category]);
    const of = category === undefined ? head : `${category} (${head})`;
    if (!this.#maps.has(key)) {
      const running = new AbortController();
      this.#running = running;
      this.#frame.setAttribute('aria-busy', 'true');
      this.#caption.className = 'caption';
      this.#caption.textContent = `Looking for ${of} \u2026`;
      try {
        const map = await this.#explain(head, category, running.signal);
        if (running.signal.aborted) {
          return;
        }
        this.#maps.set(key, URL.createObjectURL(map));
      } catch (problem) {
        if (!running.signal.aborted) {
          this.#hide(problem.message);
          this.#caption.className = 'caption problem';
        }
        return;
      }
    }
    this.#frame.removeAttribute('aria-busy');
    this.#heat.src = this.#maps.get(key);
    this.#heat.alt = `Where the model looks for ${of}`;
    this.#heat.hidden = false;
    this.#caption.className = 'caption';
    this.#caption.textContent = `Red and yellow: what speaks for ${of}`;
  }

  #hide(text) {
    this.#frame.removeAttribute('aria-busy');
    this.#heat.hidden = true;
    this.#heat.removeAttribute('src');
    this.#caption.className = 'caption';
    this.#caption.textContent = text;
  }
}
