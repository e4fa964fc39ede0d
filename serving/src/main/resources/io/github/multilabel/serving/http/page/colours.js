// The button for the colours. theme.js sets those that were chosen before.

import { byId } from './elements.js';

const THEMES = { '': ['\u25d0', 'as the system'], light: ['\u2600', 'light'], dark: ['\u263e', 'dark'] };

/** Shows which are chosen. */
export function showTheme() {
  const theme = document.documentElement.dataset.theme ?? '';
  const [sign, name] = THEMES[theme];
  byId('theme').textContent = sign;
  byId('theme').title = `Colours: ${name}`;
  byId('theme').setAttribute('aria-label', `Colours: ${name}`);
}

byId('theme').addEventListener('click', () => {
  const names = Object.keys(THEMES);
  const next = names[(names.indexOf(document.documentElement.dataset.theme ?? '') + 1) % names.length];
  if (next) {
    document.documentElement.dataset.theme = next;
  } else {
    delete document.documentElement.dataset.theme;
  }
  try {
    localStorage.setItem('theme', next);
  } catch {
    // storage is switched off: the choice is of this page alone
  }
  showTheme();
});
