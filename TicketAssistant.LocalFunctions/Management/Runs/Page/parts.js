// Small pieces that both views use.

import { h } from './dom.js';
import { markOf } from './format.js';

export const status = (name) =>
  h('span', { class: 'status', data: { status: name } }, h('span', { class: 'status-mark', 'aria-hidden': 'true' }, markOf(name)), name);

export const link = (id) => `#/run/${encodeURIComponent(id)}`;

export const loading = () => h('p', { class: 'note', role: 'status' }, 'Loading…');

export const nothing = (title, text, ...more) => h('div', { class: 'note' }, h('h2', {}, title), h('p', {}, text), ...more);

export const alert = (text) => h('p', { class: 'alert', role: 'alert' }, text);
