// What stands where content will be, or could not be.

import { h } from '../core/dom.js';
import { t } from '../core/text.js';
import { icon } from './icon.js';

/** While it is loading. */
export const skeleton = (lines = 6) =>
  h('div', { class: 'skeleton', role: 'status' },
    h('p', { class: 'visually-hidden' }, t('loading')),
    Array.from({ length: lines }, () => h('span', { 'aria-hidden': 'true' })));

/** Where there is nothing; says why, and what to do. */
export const empty = (picture, title, text, ...actions) =>
  h('div', { class: 'note' }, icon(picture), h('h2', null, title), text && h('p', null, text), actions.length > 0 && h('div', { class: 'buttons' }, actions));

/** Where loading failed: what happened, and another try where that may help. */
export function failed(error, retry) {
  const hopeless = [403, 404].includes(error.status);
  if (!(error.name === 'Problem')) console.error(error);
  return h('div', { class: 'panel' },
    h('div', { class: 'note', role: 'alert' },
      icon(hopeless ? 'search' : 'alert'),
      h('h1', null, hopeless ? t('lost.title') : t('failed.title')),
      h('p', null, error.name === 'Problem' ? error.message : t('problem.500')),
      error.traceId && !hopeless && h('p', { class: 'small-text' }, t('failed.trace', { id: error.traceId })),
      hopeless
        ? h('a', { class: 'button', href: '/' }, t('lost.home'))
        : h('button', { type: 'button', class: 'button', onclick: retry }, icon('retry'), t('failed.retry'))));
}

/** A message above a form or a list. */
export const alert = (text, { calm = false } = {}) =>
  h('div', { class: calm ? 'alert calm' : 'alert', role: calm ? 'status' : 'alert' }, icon(calm ? 'info' : 'alert'), h('div', null, h('p', null, text)));
