import { h } from '../core/dom.js';
import { t } from '../core/text.js';
import { icon } from '../parts/icon.js';

/**
 * A few choices in a row, each one click: a picture over a word.
 * @param name status or priority: names its texts, its pictures and its colours.
 * @param isPossible says which can be chosen now.
 */
export const picker = (name, values, chosen, onpick, isPossible = () => true) =>
  h('div', { class: 'picker', role: 'group', 'aria-label': t(`field.${name}`) },
    values.map((value) => h('button', {
      type: 'button',
      class: `pick ${name}`,
      data: { [name]: value, focus: `${name}-${value}` },
      'aria-pressed': String(value === chosen),
      disabled: value !== chosen && !isPossible(value),
      onclick: () => value !== chosen && onpick(value),
    }, icon(`${name}-${value}`), h('span', null, t(`${name}.${value}`)))));
