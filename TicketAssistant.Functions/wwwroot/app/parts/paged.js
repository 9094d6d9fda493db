// What is asked for and may be much: the newest question wins, and what is found comes page by page.

import { h } from '../core/dom.js';
import { t } from '../core/text.js';
import { failed, skeleton } from './states.js';

/**
 * Where what somebody asks for appears. `load` asks anew, and what was asked before is given up.
 * @param find gets a signal and resolves to what is to be shown.
 */
export function results(find, signal) {
  const element = h('div', { 'aria-live': 'polite' });
  let running = null;

  async function load() {
    running?.abort();
    const mine = running = new AbortController();
    const stop = AbortSignal.any([signal, mine.signal]);
    const waiting = setTimeout(() => element.replaceChildren(h('div', { class: 'panel' }, skeleton())), 200);
    try {
      const found = await find(stop);
      if (!stop.aborted) element.replaceChildren(found);
    } catch (error) {
      if (!stop.aborted) element.replaceChildren(failed(error, load));
    } finally {
      clearTimeout(waiting);
    }
  }

  return { element, load };
}

/**
 * A list and the button for more of it; null where there is nothing.
 * @param read gets where to go on, null at first; resolves to the items and where the next page begins, null at the end.
 * @param row makes the element of an item.
 */
export async function paged(className, read, row) {
  const first = await read(null);
  if (first.items.length === 0) return null;
  const list = h('ul', { class: className }, first.items.map((item) => row(item)));
  const more = h('div', { class: 'more' });
  offer(first.next);
  return [list, first.next && more];

  function offer(next) {
    if (!next) {
      more.remove();
      return;
    }
    const button = h('button', { type: 'button', class: 'button', onclick: load }, t('list.more'));
    more.replaceChildren(button);

    async function load() {
      if (button.getAttribute('aria-busy') === 'true') return;
      button.setAttribute('aria-busy', 'true');
      try {
        const page = await read(next);
        const rows = page.items.map((item) => row(item));
        list.append(...rows);
        // Whoever works by keyboard goes on where the new ones begin.
        (rows[0]?.querySelector('a, button') ?? rows[0])?.focus();
        offer(page.next);
      } catch (error) {
        if (error.name === 'AbortError') return;
        if (error.name !== 'Problem') console.error(error);
        button.removeAttribute('aria-busy');
        more.replaceChildren(h('p', { role: 'alert' }, error.name === 'Problem' ? error.message : t('problem.500')), button);
      }
    }
  }
}
