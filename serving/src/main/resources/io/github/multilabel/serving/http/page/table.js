// The table of all photos: sorted, filtered, and no longer than a browser draws without a pause.

import { percent, words } from './answer.js';
import { byId, element } from './elements.js';

const STEP = 200;
const STATES = { waiting: 'waiting', asking: 'asking \u2026', stopped: 'stopped', failed: 'failed', answered: '' };
const ALPHABET = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** By what rows are sorted: a key of text or number for a photo. */
function keyOf(sort) {
  switch (sort.by) {
    case 'file': return photo => photo.name;
    case 'answer': return photo => {
      const of = photo.answer?.heads.get(sort.head);
      return of && words(of);
    };
    case 'probability': return photo => photo.answer?.heads.get(sort.head)?.guess?.probability;
    default: return photo => photo.number;
  }
}

function compare(a, b) {
  return typeof a === 'number' ? a - b : ALPHABET.compare(a, b);
}

export class Table {
  #columns = byId('columns');
  #body = byId('rows');
  #filter = byId('filter');
  #more = byId('more');
  #rows = new Map();
  #sort = { by: 'number', ascending: true };
  #limit = STEP;
  #heads;
  #select;
  #changed;

  /**
   * @param select (photo) => is told which was chosen
   * @param changed () => is told that other rows are to be shown
   */
  constructor(select, changed) {
    this.#select = select;
    this.#changed = changed;
    this.#filter.addEventListener('input', changed);
    this.#more.addEventListener('click', () => {
      this.#limit += STEP;
      changed();
    });
    this.#body.addEventListener('click', event => {
      const row = event.target.closest('tr');
      if (row) {
        select(row.photo);
      }
    });
    this.#body.addEventListener('keydown', event => this.#move(event));
  }

  /** The photos that fit the filter, in the order of the table. */
  shown(photos) {
    const text = this.#filter.value.trim().toLowerCase();
    const fitting = photos.filter(photo => text === '' || this.#text(photo).includes(text));
    const key = keyOf(this.#sort);
    const sign = this.#sort.ascending ? 1 : -1;
    return fitting
      .map(photo => ({ photo, value: key(photo) }))
      .sort((a, b) => (a.value === undefined) - (b.value === undefined) // those without an answer are last
        || (a.value === undefined ? 0 : sign * compare(a.value, b.value)) || a.photo.number - b.photo.number)
      .map(one => one.photo);
  }

  #text(photo) {
    const answers = photo.answer ? [...photo.answer.heads.values()].map(words) : [];
    return [photo.name, photo.problem ?? STATES[photo.state], ...answers].join('\n').toLowerCase();
  }

  /** Draws it anew where something changed. */
  show(model, photos, changed, selected) {
    if (this.#heads !== JSON.stringify(model.heads.map(head => head.name))) {
      this.#heads = JSON.stringify(model.heads.map(head => head.name));
      this.#sort = { by: 'number', ascending: true };
      this.#rows.clear();
      this.#header(model);
    }
    const all = this.shown(photos);
    const visible = all.slice(0, this.#limit);
    for (const photo of changed) {
      const row = this.#rows.get(photo);
      if (row) {
        this.#fill(row, photo);
      }
    }
    const rows = visible.map(photo => this.#row(photo));
    if (rows.length !== this.#body.children.length || rows.some((row, i) => this.#body.children[i] !== row)) {
      const focused = this.#body.contains(document.activeElement) ? document.activeElement : undefined;
      this.#body.replaceChildren(...rows);
      focused?.focus({ preventScroll: true });
    }
    for (const row of rows) {
      const isSelected = row.photo === selected;
      if (row.classList.contains('selected') !== isSelected) {
        row.classList.toggle('selected', isSelected);
        row.querySelector('button').setAttribute('aria-pressed', String(isSelected));
      }
    }
    this.#more.hidden = all.length <= this.#limit;
    this.#more.textContent =
      `Show ${Math.min(STEP, all.length - this.#limit)} more of ${all.length.toLocaleString('en')}`;
  }

  clear() {
    this.#rows.clear();
    this.#body.replaceChildren();
    this.#filter.value = '';
    this.#limit = STEP;
  }

  #header(model) {
    const cells = [element('th', { scope: 'col', className: 'file' }, this.#sorter('File', { by: 'file' }))];
    for (const { name } of model.heads) {
      cells.push(element('th', { scope: 'col' },
        this.#sorter(name, { by: 'answer', head: name }),
        this.#sorter('%', { by: 'probability', head: name }, `${name}, by how sure it is`)));
    }
    this.#columns.replaceChildren(...cells);
    this.#columns.closest('table').style.setProperty('--heads', model.heads.length);
  }

  /** Sorts upwards, then downwards, then not. */
  #sorter(text, by, label) {
    const button = element('button', { type: 'button', textContent: text, ...label && { 'aria-label': label, title: label } });
    button.addEventListener('click', () => {
      const isSame = button.dataset.order !== undefined;
      const isLast = isSame && !this.#sort.ascending;
      this.#sort = isLast ? { by: 'number', ascending: true } : { ...by, ascending: !isSame };
      for (const other of this.#columns.querySelectorAll('button')) {
        delete other.dataset.order;
        other.closest('th').removeAttribute('aria-sort');
      }
      if (!isLast) {
        button.dataset.order = this.#sort.ascending ? 'up' : 'down';
        button.closest('th').setAttribute('aria-sort', this.#sort.ascending ? 'ascending' : 'descending');
      }
      this.#changed();
    });
    return button;
  }

  #row(photo) {
    let row = this.#rows.get(photo);
    if (!row) {
      row = element('tr');
      row.photo = photo;
      this.#rows.set(photo, row);
      this.#fill(row, photo);
    }
    return row;
  }

  #fill(row, photo) {
    row.className = `${photo.state} ${row.classList.contains('selected') ? 'selected' : ''}`;
    if (row.children.length === 0) {
      row.append(
        element('th', { scope: 'row', className: 'file' },
          element('button', { type: 'button', 'aria-pressed': 'false', title: photo.name },
            element('span', { className: 'thumbnail' }), element('span', { className: 'name', textContent: photo.name }))));
    }
    const thumbnail = row.querySelector('.thumbnail');
    if (photo.thumbnail && thumbnail.children.length === 0) {
      thumbnail.append(element('img', { src: photo.thumbnail, alt: '' }));
    }
    while (row.children.length > 1) {
      row.lastChild.remove();
    }
    if (photo.answer) {
      row.append(...this.#headCells(photo.answer));
    } else {
      row.append(element('td', {
        colSpan: Math.max(1, this.#columns.children.length - 1),
        className: 'state',
        textContent: photo.problem ?? STATES[photo.state],
      }));
    }
  }

  #headCells(answer) {
    const heads = JSON.parse(this.#heads);
    return heads.map(name => {
      const of = answer.heads.get(name);
      if (!of) {
        return element('td');
      }
      const sure = of.isUnknown ? of.guess : of.chosen.length === 1 ? of.chosen[0] : undefined;
      return element('td', { className: of.chosen.length === 0 ? 'nothing' : '' },
        element('span', { className: 'words', textContent: words(of), title: words(of) }),
        sure ? element('span', { className: 'figure', textContent: percent(sure.probability) }) : '');
    });
  }

  #move(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const row = event.target.closest('tr');
    const other = step === -1 ? row?.previousElementSibling : step === 1 ? row?.nextElementSibling : undefined;
    if (other) {
      event.preventDefault();
      other.querySelector('button').focus();
      this.#select(other.photo);
    }
  }
}
