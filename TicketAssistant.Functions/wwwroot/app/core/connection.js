// Whether the server can be reached. While it can't, a banner says so and we look again every few seconds.

import { h } from './dom.js';
import { t } from './text.js';
import { icon } from '../parts/icon.js';

/** Where the API is; empty where it is where the page came from. */
export const base = document.querySelector('meta[name="api-base"]').content.replace(/\/$/, '');

const notice = document.getElementById('notice');
const pause = 4000; // milliseconds between two looks
const listeners = new Set();
let timer = null;

/** Calls back when the server answers again. */
export function onReconnect(listener, signal) {
  listeners.add(listener);
  signal?.addEventListener('abort', () => listeners.delete(listener));
}

export const isConnected = () => timer === null;

export function unreachable() {
  if (timer !== null) return;
  notice.replaceChildren(h('div', null, icon('offline'), t('offline')));
  timer = setInterval(look, pause);
}

export function reached() {
  if (timer === null) return;
  clearInterval(timer);
  timer = null;
  notice.replaceChildren();
  for (const listener of listeners) listener();
}

async function look() {
  try {
    const response = await fetch(`${base}/api/health`, { cache: 'no-store', credentials: 'omit' });
    if (response.ok) reached();
  } catch {
    // Still away.
  }
}

window.addEventListener('offline', unreachable);
window.addEventListener('online', look);
