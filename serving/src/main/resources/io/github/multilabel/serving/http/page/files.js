// Files that are dropped, pasted, chosen or taken.

import { byId } from './elements.js';

const PHOTO = /\.(jpe?g|png|gif|bmp|tiff?|webp|heic|heif|avif)$/i;

function entries(reader) {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

/** The photos in a folder and its folders. What else is there is passed over; a file dropped by itself never is. */
async function* within(folder) {
  const reader = folder.createReader();
  for (let some = await entries(reader); some.length > 0; some = await entries(reader)) { // a hundred at a time
    for (const entry of some) {
      if (entry.isDirectory) {
        yield* within(entry);
      } else if (PHOTO.test(entry.name)) {
        yield await new Promise((resolve, reject) => entry.file(resolve, reject));
      }
    }
  }
}

/** The files of a drop or of the clipboard; a promise, because folders are read. */
async function filesOf(transfer) {
  const files = [];
  const folders = [];
  for (const item of transfer.items) { // to be read before the event ends
    const entry = item.webkitGetAsEntry?.();
    if (entry?.isDirectory) {
      folders.push(entry);
    } else if (item.kind === 'file') {
      files.push(item.getAsFile());
    }
  }
  for (const folder of folders) {
    for await (const file of within(folder)) {
      files.push(file);
    }
  }
  return files.filter(Boolean);
}

function hasFiles({ dataTransfer }) {
  return [...dataTransfer?.types ?? []].some(type => type === 'Files' || type === 'text/uri-list');
}

/**
 * Listens for files wherever they may come from.
 *
 * @param add (files) => takes them; none if what came has none
 * @param fail (problem) => is told if they cannot be read
 */
export function whenFilesCome(add, fail) {
  const addFrom = transfer => filesOf(transfer).then(add, fail);

  for (const [button, input] of [['choose', 'files'], ['take', 'camera']]) {
    byId(button).addEventListener('click', () => byId(input).click());
    byId(input).addEventListener('change', event => {
      add([...event.target.files]);
      event.target.value = ''; // the same file may be chosen again
    });
  }

  addEventListener('paste', event => {
    if (event.clipboardData.files.length > 0) { // text goes where it is pasted
      event.preventDefault();
      addFrom(event.clipboardData);
    }
  });

  addEventListener('dragover', event => {
    if (hasFiles(event)) {
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      byId('drop').hidden = false;
    }
  });
  addEventListener('dragleave', event => {
    if (event.relatedTarget === null) { // out of the window
      byId('drop').hidden = true;
    }
  });
  addEventListener('drop', event => {
    byId('drop').hidden = true;
    if (hasFiles(event)) {
      event.preventDefault();
      addFrom(event.dataTransfer);
    }
  });
}
