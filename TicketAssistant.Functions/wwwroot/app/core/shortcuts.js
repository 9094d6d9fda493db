// Single keys, for whoever likes them; they can be switched off, and never act while somebody writes.

import { h } from './dom.js';
import { local } from './storage.js';
import { t } from './text.js';
import { openDialog } from '../parts/dialog.js';

const shortcuts = new Map();
const patience = 900; // milliseconds between the two keys of a pair
let first = null;

/**
 * Lets a key, or two one after the other ("g q"), do something.
 * @param label the key of the text that says what.
 * @param signal ends it; without one it stays.
 * @param when whether it is there at this moment; always, without one.
 */
export function shortcut(keys, label, action, { signal, when = () => true } = {}) {
  shortcuts.set(keys, { label, action, when });
  signal?.addEventListener('abort', () => {
    if (shortcuts.get(keys)?.action === action) shortcuts.delete(keys);
  });
}

/** Says which keys there are on this page. */
export function showShortcuts() {
  const on = h('input', { type: 'checkbox', role: 'switch', checked: isOn(), onchange: () => local.set('shortcuts', on.checked ? null : 'off') });
  return openDialog(t('shortcuts.title'), () => [
    h('dl', { class: 'shortcuts' },
      [...shortcuts].filter(([, { when }]) => when()).map(([keys, { label }]) => [
        h('dt', null, keys.split(' ').map((key, i) => [i > 0 && h('span', { class: 'small-text' }, t('shortcuts.then')), h('kbd', null, key)])),
        h('dd', null, t(label)),
      ])),
    h('label', { class: 'switch' }, on, h('span', null, t('shortcuts.on'))),
  ]);
}

const isOn = () => local.get('shortcuts') !== 'off';
const isWriting = (target) => target.closest?.('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]') !== null;

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat && event.key !== 'j' && event.key !== 'k') return;
  if (isWriting(event.target) || document.querySelector('dialog[open]')) return;
  const pair = first && event.timeStamp - first.at < patience ? `${first.key} ${event.key}` : null;
  first = null;
  const found = (pair && shortcuts.get(pair)) ?? shortcuts.get(event.key);
  if (found?.when() && (isOn() || event.key === '?')) {
    event.preventDefault();
    found.action();
  } else if (isOn() && [...shortcuts.keys()].some((keys) => keys.startsWith(`${event.key} `))) {
    first = { key: event.key, at: event.timeStamp };
  }
});
