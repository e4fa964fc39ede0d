// Calls of the service: with the token it may want, and again while it is busy.

const MOST_ATTEMPTS = 30;
const LONGEST_WAIT = 30;
const TOKEN = 'multilabel.token';

/** Waits, unless it is stopped. */
function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}

function wait(response) {
  const seconds = Number(response.headers.get('Retry-After'));
  return Math.min(LONGEST_WAIT, Math.max(1, Number.isFinite(seconds) ? seconds : 1));
}

async function reason(response) {
  try {
    const { error } = await response.json();
    if (typeof error === 'string') {
      return error;
    }
  } catch {
    // not of the service but of something before it
  }
  return `the service answered ${response.status} ${response.statusText}`.trim();
}

function kept() {
  try {
    return sessionStorage.getItem(TOKEN) ?? '';
  } catch {
    return '';
  }
}

function keep(token) {
  try {
    sessionStorage.setItem(TOKEN, token);
  } catch {
    // storage is switched off: it is asked for again after a reload
  }
}

export class Service {
  #token = kept();
  #askForToken;
  #asking;

  /** @param askForToken (was there one that is wrong) => a promise of the token, rejected if there is none */
  constructor(askForToken) {
    this.#askForToken = askForToken;
  }

  async models() {
    const response = await this.#call('models', {}, {});
    return (await response.json()).models;
  }

  async drift(model) {
    return (await this.#call('drift', { model }, {})).json();
  }

  /** @param top how many categories of each head; all if undefined */
  async predict(model, photo, top, signal) {
    const response = await this.#call('predict', { model, top, name: photo.name }, this.#body(photo, signal));
    return response.json();
  }

  /** @param category of which the map is; the predicted one if undefined */
  async explain(model, photo, head, category, signal) {
    const query = { model, head, category, name: photo.name };
    return (await this.#call('explain', query, this.#body(photo, signal))).blob();
  }

  #body({ file }, signal) {
    const type = file.type.startsWith('image/') ? file.type : 'application/octet-stream';
    return { method: 'POST', body: file, headers: { 'Content-Type': type }, signal };
  }

  async #call(path, query, options) {
    const url = new URL(path, document.baseURI);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) {
        url.searchParams.set(name, value);
      }
    }
    for (let attempt = 1; ; attempt++) {
      const token = this.#token;
      const response = await this.#fetch(url, token, options);
      if (response.ok) {
        return response;
      }
      if (response.status === 401) {
        await this.#another(token);
      } else if (response.status === 503 && attempt < MOST_ATTEMPTS) {
        await pause(wait(response), options.signal);
      } else {
        throw new Error(await reason(response));
      }
    }
  }

  async #fetch(url, token, options) {
    const headers = token ? { ...options.headers, Authorization: `Bearer ${token}` } : options.headers;
    try {
      return await fetch(url, { ...options, headers });
    } catch (problem) {
      if (options.signal?.aborted) {
        throw problem;
      }
      const others = options.body ? ', or the file was changed since it was chosen, or is too large' : '';
      throw new Error(`no answer came: the service cannot be reached${others}`);
    }
  }

  /** All calls that wait for a token wait for the same. */
  async #another(wrong) {
    if (this.#token !== wrong) {
      return;
    }
    this.#asking ??= this.#askForToken(wrong !== '').finally(() => {
      this.#asking = undefined;
    });
    this.#token = await this.#asking;
    keep(this.#token);
  }
}
