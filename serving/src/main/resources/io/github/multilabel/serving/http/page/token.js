// The form for the token that a service may want.

import { byId } from './elements.js';

/**
 * Asks for it.
 *
 * @param isWrong whether the service did not accept another
 * @returns a promise of it, rejected if the form is closed
 */
export function askForToken(isWrong) {
  const dialog = byId('token-dialog');
  byId('token-why').textContent = isWrong
    ? 'The service did not accept the last one.'
    : 'Whoever runs the service knows it. It is kept until this tab is closed.';
  byId('token').value = '';
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve, reject) => {
    byId('token-form').onsubmit = event => {
      event.preventDefault();
      dialog.close(byId('token').value.trim());
    };
    byId('token-cancel').onclick = () => dialog.close();
    dialog.onclose = () => { // also by the key Escape
      if (dialog.returnValue) {
        resolve(dialog.returnValue);
      } else {
        reject(new Error('the service wants a token'));
      }
      dialog.returnValue = ''; // is kept in memory no longer than needed
    };
  });
}
