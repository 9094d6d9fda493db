import { announce, h, newId } from '../core/dom.js';
import { t } from '../core/text.js';
import { icon } from './icon.js';

/**
 * A field for several short texts, each removable; Enter or a comma adds what is written, Backspace takes the last away.
 * @param known what to offer while somebody writes.
 */
export function tagField(name, label, tags, { known = [], hint, max = 50, maxLength = 60 } = {}) {
  const id = newId(name);
  const chosen = [...tags];
  const list = h('ul', { class: 'tags' });
  const offered = h('datalist', { id: `${id}-known` });
  const control = h('input', { id, list: offered.id, autocomplete: 'off', maxlength: maxLength, 'aria-describedby': hint && `${id}-hint`, onkeydown, oninput, onchange: add });
  const element = h('div', { class: 'field', data: { field: name } },
    h('label', { for: id }, label),
    hint && h('p', { class: 'hint', id: `${id}-hint` }, hint),
    h('div', { class: 'tag-input' }, list, control, offered));

  function draw() {
    list.replaceChildren(...chosen.map((tag) => h('li', { class: 'tag' }, tag,
      h('button', { type: 'button', 'aria-label': t('tags.remove', { tag }), onclick: () => remove(tag) }, icon('close', 'small')))));
    offered.replaceChildren(...known.filter((tag) => !has(tag)).map((value) => h('option', { value })));
  }

  const has = (tag) => chosen.some((other) => other.toLowerCase() === tag.toLowerCase());

  function add() {
    for (const tag of control.value.split(',').map((part) => part.trim().slice(0, maxLength)).filter(Boolean)) {
      if (has(tag) || chosen.length >= max) continue;
      chosen.push(tag);
      announce(t('tags.added', { tag }));
    }
    control.value = '';
    draw();
  }

  function remove(tag) {
    chosen.splice(chosen.indexOf(tag), 1);
    draw();
    announce(t('tags.removed', { tag }));
    control.focus();
  }

  function onkeydown(event) {
    if (event.key === 'Enter' && control.value.trim()) {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && control.value === '' && chosen.length > 0) {
      remove(chosen.at(-1));
    }
  }

  function oninput(event) {
    // A comma ends one; so does choosing from the list, which is no typing.
    if (control.value.includes(',') || event.inputType === 'insertReplacementText' || !event.inputType) add();
  }

  draw();
  return { element, value: () => (add(), [...chosen]) };
}
