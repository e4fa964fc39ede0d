// Files that are dropped, pasted, chosen or taken.

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
export async function filesOf(transfer) {
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
