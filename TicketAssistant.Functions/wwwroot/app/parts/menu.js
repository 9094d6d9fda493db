import { h, newId } from '../core/dom.js';

/** A button that shows and hides a list of things to choose from: links, buttons. Escape closes it, leaving it too. */
export function menu(button, items, { up = false } = {}) {
  const id = newId('menu');
  const list = h('div', { class: up ? 'menu-list up' : 'menu-list', id, hidden: true }, items);
  const element = h('div', { class: 'menu' }, button, list);
  button.setAttribute('aria-expanded', 'false');
  button.setAttribute('aria-controls', id);

  const show = (shown) => {
    list.hidden = !shown;
    button.setAttribute('aria-expanded', String(shown));
  };
  button.addEventListener('click', () => {
    show(list.hidden);
    if (!list.hidden) list.querySelector('a, button')?.focus();
  });
  list.addEventListener('click', (event) => { if (event.target.closest('a, button')) show(false); });
  element.addEventListener('keydown', (event) => {
    const entries = [...list.querySelectorAll('a, button:not(:disabled)')];
    const at = entries.indexOf(document.activeElement);
    if (event.key === 'Escape' && !list.hidden) {
      show(false);
      button.focus();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (list.hidden) show(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      entries[(at + step + entries.length) % entries.length]?.focus();
    } else return;
    event.preventDefault();
  });
  element.addEventListener('focusout', (event) => { if (!element.contains(event.relatedTarget)) show(false); });
  return element;
}
