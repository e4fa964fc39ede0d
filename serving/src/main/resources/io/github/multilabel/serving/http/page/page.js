// The page of the service: what happens when photos come, and what is shown of it.

import { choice, readAnswer, words } from './answer.js';
import { Answers } from './answers.js';
import { showTheme } from './colours.js';
import { csv } from './csv.js';
import { showDrift } from './drift.js';
import { byId, element } from './elements.js';
import { whenFilesCome } from './files.js';
import { Photos } from './photos.js';
import { Picture } from './picture.js';
import { Service } from './service.js';
import { Table } from './table.js';
import { askForToken } from './token.js';

const TOP = 20; // more than are shown, for the table of tags

const service = new Service(async isWrong => {
  try {
    return await askForToken(isWrong);
  } catch (problem) {
    photos.stop(); // each would ask again
    throw problem;
  }
});
const photos = new Photos(ask, changed);
const table = new Table(select, () => changed());
const picture = new Picture(explain, look);
const answers = new Answers(look, showAll, () => photos.askAgain([selected]));

let models = [];
let model; // the one that is asked
let selected; // the photo that is looked at
let looked; // {head, category} of the map over it
let open = new Set(); // heads of which all categories are shown

// ---- the model

async function loadModels() {
  const before = model;
  models = await service.models();
  model = models.find(one => one.name === before?.name) ?? models[0];
  if (!model) {
    throw new Error('the service has no model');
  }
  if (before) { // the maps are of another
    looked = undefined;
    picture.forget();
  }
  byId('trouble').hidden = true;
  const choice = byId('model');
  choice.replaceChildren(...models.map(one => element('option', { value: one.name, textContent: one.name })));
  choice.value = model.name;
  byId('model-choice').hidden = models.length < 2;
  byId('model-name').hidden = models.length > 1;
  byId('model-name').textContent = model.name;
  describe();
  changed(selected); // photos may be here already
}

function describe() {
  document.title = `${model.name} \u2013 multilabel`;
  byId('model-choice').title = byId('model-name').title = `version ${model.version}, computed by ${model.engine}`;
  byId('questions').textContent = `Answers for each photo: ${model.heads.map(choice).join(', ')}`;
}

let loading;
function reload() {
  loading ??= loadModels().finally(() => {
    loading = undefined;
  });
  return loading;
}

async function begin() {
  try {
    await reload();
  } catch (problem) {
    const again = element('button', { type: 'button', textContent: 'Try again' });
    again.addEventListener('click', begin);
    trouble(`The models of the service are not known: ${problem.message}. `, again);
  }
}

function trouble(text, ...others) {
  byId('trouble').replaceChildren(text, ...others);
  byId('trouble').hidden = false;
}

byId('model').addEventListener('change', event => {
  model = models.find(one => one.name === event.target.value);
  looked = undefined;
  open = new Set();
  picture.forget();
  describe();
  photos.askAll();
});

// ---- drift: nobody waits for it, and where it does not come the page does without

const DRIFT_AGAIN = 10_000;

async function lookForDrift() {
  try {
    if (model && !document.hidden) {
      showDrift(await service.drift(model.name));
    }
  } catch {
    // the next time, perhaps
  }
  setTimeout(lookForDrift, DRIFT_AGAIN);
}

// ---- asking

async function ask(photo, signal) {
  if (!model) {
    await reload();
  }
  const asked = model;
  const json = await service.predict(asked.name, photo, TOP, signal);
  if (json.version !== asked.version) { // it was replaced meanwhile
    await reload();
  }
  return readAnswer(model, json.predictions[0]);
}

function explain(head, category, signal) {
  return service.explain(model.name, selected, head, category, signal);
}

// ---- files

function add(files) {
  if (files.length === 0) {
    trouble('There was no photo in it. A link to a photo is not read: save the photo, and drop its file.');
    return;
  }
  byId('trouble').hidden = true;
  const added = photos.add(files);
  select(added[0]);
}

whenFilesCome(add, problem => trouble(`The files cannot be read: ${problem.message}`));

// ---- the photo that is looked at

function select(photo) {
  if (photo !== selected) {
    selected = photo;
    open = new Set();
    looked = looked && asAnswered(looked.head); // the same head, its own answer
    picture.show(photo);
    if (photo && model?.explainable) {
      picture.look(looked);
    }
  }
  changed(photo);
}

/** What is predicted, or would be if it were surer. */
function asAnswered(head) {
  const answer = selected?.answer?.heads.get(head);
  return { head, category: (answer?.chosen[0] ?? answer?.guess)?.category };
}

function look(head, category) {
  const isSame = looked?.head === head && looked?.category === category;
  const wished = category === undefined ? asAnswered(head) : { head, category };
  looked = head === undefined || isSame ? undefined : wished;
  picture.look(looked);
  changed(selected);
}

async function showAll(head) {
  const photo = selected;
  if (open.delete(head)) {
    changed(photo);
    return;
  }
  const { categories } = model.heads.find(one => one.name === head);
  if (photo.answer.heads.get(head).top.length < categories.length) {
    try {
      const json = await service.predict(model.name, photo);
      photo.answer = readAnswer(model, json.predictions[0]);
    } catch (problem) {
      trouble(`Not all categories came: ${problem.message}`);
      return;
    }
  }
  if (photo === selected) {
    open.add(head);
    changed(photo);
  }
}

function step(by) {
  const shown = table.shown(photos.list);
  const next = shown[shown.indexOf(selected) + by];
  if (next) {
    select(next);
  }
}

byId('previous').addEventListener('click', () => step(-1));
byId('next').addEventListener('click', () => step(1));

// ---- all photos

byId('stop').addEventListener('click', () => photos.stop());
byId('again').addEventListener('click', () => photos.askAgain());
byId('clear').addEventListener('click', () => {
  photos.clear();
  table.clear();
  looked = undefined;
  select(undefined);
  byId('choose').focus();
});
byId('csv').addEventListener('click', () => {
  const url = URL.createObjectURL(new Blob([csv(model, table.shown(photos.list))], { type: 'text/csv;charset=utf-8' }));
  element('a', { href: url, download: `${model.name}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000); // the download has begun
});

// ---- showing: once for all that changed before the next frame

const dirty = new Set();
let isPlanned = false;

function changed(photo) {
  if (photo) {
    dirty.add(photo);
  }
  if (!isPlanned) {
    isPlanned = true;
    requestAnimationFrame(show);
  }
}

function show() {
  isPlanned = false;
  const total = photos.list.length;
  const has = total > 0;
  document.body.classList.toggle('has-photos', has);
  byId('progress').hidden = byId('photo').hidden = !has;
  byId('all').hidden = total < 2;
  if (has && model) {
    showProgress(total);
    if (selected) {
      showSelected();
    }
    table.show(model, photos.list, dirty, selected);
  }
  dirty.clear();
}

function showProgress(total) {
  const answered = photos.count('answered');
  const failed = photos.count('failed');
  const stopped = photos.count('stopped');
  byId('bar').max = total;
  byId('bar').value = answered + failed;
  byId('bar').classList.toggle('done', !photos.isRunning);
  const text = `${answered.toLocaleString('en')} of ${total.toLocaleString('en')} answered`
    + (failed > 0 ? `, ${failed.toLocaleString('en')} failed` : '');
  byId('count').textContent = text;
  byId('stop').hidden = !photos.isRunning;
  byId('again').hidden = photos.isRunning || failed + stopped === 0;
  byId('again').textContent = `Ask again about ${(failed + stopped).toLocaleString('en')}`;
  if (!photos.isRunning) {
    say(total === 1 && selected?.answer ? spoken(selected) : selected?.problem && total === 1 ? selected.problem : text);
  }
}

function showSelected() {
  byId('photo-name').textContent = byId('photo-name').title = selected.name;
  const shown = table.shown(photos.list);
  const place = shown.indexOf(selected);
  byId('previous').hidden = byId('next').hidden = photos.list.length < 2;
  byId('previous').disabled = place <= 0;
  byId('next').disabled = place === shown.length - 1;
  picture.buttons(model, selected, looked);
  if (dirty.has(selected)) {
    answers.show(model, selected, open, looked);
  }
}

function spoken(photo) {
  return `${photo.name}: ` + [...photo.answer.heads].map(([name, answer]) => `${name} ${words(answer)}`).join(', ');
}

/** Is read aloud, once. */
function say(text) {
  if (byId('said').textContent !== text) {
    byId('said').textContent = text;
  }
}

showTheme();
begin().then(lookForDrift);
