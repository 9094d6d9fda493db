import { h } from '../core/dom.js';
import { t } from '../core/text.js';
import { icon } from './icon.js';

const area = document.getElementById('toasts');
const duration = 6000; // milliseconds; longer while the pointer or the focus is on it

/** Says that something was done. It is a live region, so it is also spoken. */
export function toast(text) {
  let timer;
  const wait = () => { timer = setTimeout(() => element.remove(), duration); };
  const hold = () => clearTimeout(timer);
  const element = h('div', { class: 'toast', onpointerenter: hold, onfocusin: hold, onpointerleave: wait, onfocusout: wait },
    h('span', null, text),
    h('button', { type: 'button', class: 'button quiet square', 'aria-label': t('close'), onclick: () => element.remove() }, icon('close', 'small')));
  area.replaceChildren(element);
  wait();
}
