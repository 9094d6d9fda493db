import { h, newId } from '../core/dom.js';

/** One of a few, all visible: radio buttons that look like one control. */
export function segments(name, label, choices, chosen, onchoose, { visibleLabel = true } = {}) {
  const group = newId(name);
  return h('fieldset', { class: 'field', data: { field: name } },
    h('legend', { class: visibleLabel ? 'label' : 'visually-hidden' }, label),
    h('div', { class: 'segments' },
      choices.map(({ value, name: text }) => h('label', null,
        h('input', { type: 'radio', name: onchoose ? group : name, value, checked: value === chosen, onchange: onchoose && (() => onchoose(value)) }),
        h('span', null, text)))));
}
