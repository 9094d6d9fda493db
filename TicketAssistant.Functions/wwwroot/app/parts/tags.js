import { announce, h, newId } from '../core/dom.js';
import { t } from '../core/text.js';
import { icon } from './icon.js';

/** What is written, cut at its commas. */
const pieces = (text) => (text.trimStart().startsWith('/') ? [text] : text.split(','));

/**
 * A field for several short texts, each removable; Enter or a comma adds what is written, Backspace takes the last away.
 * @param known what to offer while somebody writes.
 * @param extra makes what stands in a tag between its text and its button.
 * @param nameOf what of a text tells it from others.
 */
export function tagField(name, label, tags, { known = [], hint, max = 50, maxLength = 60, extra, nameOf = (tag) => tag } = {}) {
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
    list.replaceChildren(...chosen.map((tag, i) => h('li', { class: 'tag' },
      h('bdi', null, nameOf(tag)),
      extra?.(tag, (changed) => { chosen[i] = changed; }),
      h('button', { type: 'button', 'aria-label': t('tags.remove', { tag: nameOf(tag) }), onclick: () => remove(i) }, icon('close', 'small')))));
    offered.replaceChildren(...known.filter((tag) => !has(tag)).map((value) => h('option', { value })));
  }

  const has = (tag) => chosen.some((other) => nameOf(other).toLowerCase() === nameOf(tag).toLowerCase());

  function add() {
    for (const tag of pieces(control.value).map((part) => part.trim().slice(0, maxLength)).filter(Boolean)) {
      if (has(tag) || chosen.length >= max) continue;
      chosen.push(tag);
      announce(t('tags.added', { tag: nameOf(tag) }));
    }
    control.value = '';
    draw();
  }

  function remove(i) {
    const [tag] = chosen.splice(i, 1);
    draw();
    announce(t('tags.removed', { tag: nameOf(tag) }));
    control.focus();
  }

  function onkeydown(event) {
    if (event.key === 'Enter' && control.value.trim()) {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && control.value === '' && chosen.length > 0) {
      remove(chosen.length - 1);
    }
  }

  function oninput(event) {
    // A comma ends one, but for an admin's /pattern/, which may have commas of its own; so does choosing from the list, which is no typing.
    if (pieces(control.value).length > 1 || event.inputType === 'insertReplacementText' || !event.inputType) add();
  }

  draw();
  return { element, value: () => (add(), [...chosen]) };
}
