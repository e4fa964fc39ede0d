// The photos, and the asking about them: some at once, each with its own answer or problem.

const AT_ONCE = 2;
const THUMBNAIL = 96;

/** A small picture, so that a thousand rows do not hold a thousand photos; none of what the browser cannot read. */
async function thumbnail(file) {
  try {
    const photo = await createImageBitmap(file);
    const scale = Math.min(1, THUMBNAIL / Math.max(photo.width, photo.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(photo.width * scale));
    canvas.height = Math.max(1, Math.round(photo.height * scale));
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.fillStyle = 'white'; // of what is transparent
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(photo, 0, 0, canvas.width, canvas.height);
    photo.close();
    const blob = await new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', 0.8));
    return blob ? URL.createObjectURL(blob) : undefined;
  } catch {
    return undefined;
  }
}

/** What is known of a photo; state is waiting, asking, answered, failed or stopped. */
class Photo {
  state = 'waiting';
  answer;
  problem;
  thumbnail;

  constructor(number, file, name) {
    this.number = number;
    this.file = file;
    this.name = name;
  }
}

export class Photos {
  list = [];
  #waiting = [];
  #running = 0;
  #run = new AbortController();
  #numbers = 0;
  #ask;
  #changed;

  /**
   * @param ask (photo, signal) => a promise of its answer
   * @param changed (photo) => is told of every change
   */
  constructor(ask, changed) {
    this.#ask = ask;
    this.#changed = changed;
  }

  /** Adds files, and returns the photos. */
  add(files) {
    const added = files.map(file => new Photo(++this.#numbers, file, file.name || `pasted ${this.#numbers}`));
    this.list.push(...added);
    this.#wait(added);
    return added;
  }

  get isRunning() {
    return this.#running > 0 || this.#waiting.length > 0;
  }

  count(...states) {
    return this.list.filter(photo => states.includes(photo.state)).length;
  }

  /** Asks again about those that failed or were stopped. */
  askAgain(photos = this.list) {
    this.#wait(photos.filter(photo => photo.state === 'failed' || photo.state === 'stopped'));
  }

  /** Asks again about all, because the model is another. */
  askAll() {
    this.stop();
    this.#wait(this.list);
  }

  stop() {
    this.#run.abort();
    this.#run = new AbortController();
    this.#waiting = [];
    for (const photo of this.list) {
      if (photo.state === 'waiting' || photo.state === 'asking') {
        this.#set(photo, 'stopped');
      }
    }
  }

  clear() {
    this.stop();
    for (const photo of this.list) {
      URL.revokeObjectURL(photo.thumbnail);
    }
    this.list = [];
  }

  #wait(photos) {
    for (const photo of photos) {
      this.#set(photo, 'waiting');
    }
    this.#waiting.push(...photos);
    while (this.#running < AT_ONCE && this.#waiting.length > 0) {
      this.#work();
    }
  }

  async #work() {
    this.#running++;
    for (let photo = this.#waiting.shift(); photo; photo = this.#waiting.shift()) {
      await this.#answer(photo, this.#run.signal);
    }
    this.#running--;
    this.#changed();
  }

  async #answer(photo, signal) {
    this.#set(photo, 'asking');
    const drawn = this.#draw(photo);
    try {
      const answer = await this.#ask(photo, signal);
      if (!signal.aborted) {
        this.#set(photo, 'answered', answer);
      }
    } catch (problem) {
      if (!signal.aborted) {
        this.#set(photo, 'failed', undefined, problem.message);
      }
    }
    await drawn; // large photos take longer than their answers
  }

  async #draw(photo) {
    if (photo.thumbnail === undefined) {
      photo.thumbnail = ''; // once
      photo.thumbnail = await thumbnail(photo.file) ?? '';
      if (this.list.includes(photo)) {
        this.#changed(photo);
      } else {
        URL.revokeObjectURL(photo.thumbnail);
      }
    }
  }

  #set(photo, state, answer, problem) {
    photo.state = state;
    photo.answer = answer;
    photo.problem = problem;
    this.#changed(photo);
  }
}
