import { h, newId } from '../core/dom.js';
import { t } from '../core/text.js';
import { icon } from './icon.js';

/**
 * Opens a dialog with a title and content. The focus comes back to where it was when it closes.
 * @param content gets a function that closes the dialog with a result, and returns elements.
 * @returns the result; null where it was closed without one.
 */
export function openDialog(title, content, { dismissable = true } = {}) {
  const opener = document.activeElement;
  const id = newId('dialog');
  return new Promise((resolve) => {
    let result = null;
    const close = (value = null) => {
      result = value;
      dialog.close();
    };
    const dialog = h('dialog', { 'aria-labelledby': id },
      h('div', { class: 'dialog-body' },
        h('div', { class: 'dialog-head' },
          h('h2', { id }, title),
          dismissable && h('button', { type: 'button', class: 'button quiet square', 'aria-label': t('close'), onclick: () => close() }, icon('close'))),
        content(close)));
    dialog.addEventListener('close', () => {
      dialog.remove();
      focusAgain(opener);
      resolve(result);
    });
    if (!dismissable) dialog.addEventListener('cancel', (event) => event.preventDefault());
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector('[data-autofocus]')?.focus();
  });
}

/** Asks before something is done. Resolves to whether it shall be. */
export const confirm = (title, text, verb, { danger = false } = {}) =>
  openDialog(title, (close) => [
    h('p', null, text),
    h('div', { class: 'buttons end' },
      h('button', { type: 'button', class: 'button', onclick: () => close(false) }, t('cancel')),
      h('button', { type: 'button', class: `button ${danger ? 'danger' : 'primary'}`, onclick: () => close(true) }, verb)),
  ]);

function focusAgain(opener) {
  // Drawn anew meanwhile: its successor has the same data-focus.
  const again = opener?.isConnected ? opener : document.querySelector(`[data-focus="${CSS.escape(opener?.dataset?.focus ?? '')}"]`);
  (again ?? document.getElementById('main')).focus();
}
