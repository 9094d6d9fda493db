// Forms: a label for each field, errors tied to theirs, and the focus on the first of them.

import { h, newId } from '../core/dom.js';
import { has, t } from '../core/text.js';
import { icon } from './icon.js';
import { alert } from './states.js';

/**
 * A labelled field.
 * @param name what the API calls it, so that its errors find it.
 */
export function field(name, label, control, { hint, after } = {}) {
  const id = control.id || newId(name);
  control.id = id;
  control.name ||= name;
  if (hint) control.setAttribute('aria-describedby', `${id}-hint`);
  return h('div', { class: 'field', data: { field: name } },
    h('label', { for: id }, label),
    hint && h('p', { class: 'hint', id: `${id}-hint` }, hint),
    after ? after(control) : control);
}

export const input = (properties) => h('input', { class: 'input', ...properties });

/** A password that can be looked at. */
export function passwordField(name, label, { autocomplete, hint, autofocus } = {}) {
  const control = input({ type: 'password', autocomplete, required: true, data: autofocus ? { autofocus: '' } : {} });
  const show = h('button', { type: 'button', class: 'button quiet', 'aria-pressed': 'false', onclick: toggle }, t('password.show'));
  function toggle() {
    const shown = control.type === 'password';
    control.type = shown ? 'text' : 'password';
    show.textContent = shown ? t('password.hide') : t('password.show');
    show.setAttribute('aria-pressed', String(shown));
    control.focus();
  }
  return field(name, label, control, { hint, after: () => h('div', { class: 'with-button' }, control, show) });
}

/**
 * A form that sends once at a time. `check` returns errors by field, before anything is sent; `send` does it; both get the
 * values. What the server says of a field is shown at that field, everything else above the button.
 */
export function form({ check, send, verb, actions = [], submitProperties = {}, className = 'stack' }, ...fields) {
  const problems = h('div');
  const submit = h('button', { type: 'submit', class: 'button primary', ...submitProperties }, verb);
  const element = h('form', { class: className, novalidate: true, onsubmit }, fields, problems, h('div', { class: 'buttons' }, submit, actions));

  async function onsubmit(event) {
    event.preventDefault();
    if (submit.getAttribute('aria-busy') === 'true') return;
    clear(element);
    problems.replaceChildren();
    const values = Object.fromEntries(new FormData(element));
    const errors = check?.(values) ?? {};
    if (Object.keys(errors).length > 0) {
      place(element, errors);
      return;
    }
    submit.setAttribute('aria-busy', 'true');
    try {
      await send(values);
    } catch (error) {
      if (error.name === 'AbortError') return;
      if (error.name !== 'Problem') console.error(error);
      const left = place(element, sentences(error.errors ?? {}));
      if (left.length > 0 || Object.keys(error.errors ?? {}).length === 0)
        problems.replaceChildren(alert([error.name === 'Problem' ? error.message : t('problem.500'), ...left].join(' ')));
    } finally {
      submit.removeAttribute('aria-busy');
    }
  }

  return element;
}

/** The server's errors continue the sentence that the field's name begins. */
const sentences = (errors) => Object.fromEntries(Object.entries(errors).map(([name, texts]) => {
  const known = `error.${name}`;
  const field = name.split(/[.[]/)[0];
  return [field, has(known) ? t(known) : t('error.field', { text: texts.join(', ') })];
}));

function place(element, errors) {
  const left = [];
  for (const [name, text] of Object.entries(errors)) {
    const box = element.querySelector(`[data-field="${CSS.escape(name)}"]`);
    const control = box?.querySelector('input, textarea, select');
    if (!control) {
      left.push(`${name}: ${text}`);
      continue;
    }
    const id = `${control.id}-problem`;
    box.append(h('p', { class: 'problem', id }, icon('alert', 'small'), text));
    control.setAttribute('aria-invalid', 'true');
    control.setAttribute('aria-errormessage', id);
    control.dataset.described = control.getAttribute('aria-describedby') ?? '';
    control.setAttribute('aria-describedby', `${control.dataset.described} ${id}`.trim());
  }
  // The first on the page, whatever the order in which they were found.
  element.querySelector('[aria-invalid="true"]')?.focus();
  return left;
}

function clear(element) {
  for (const control of element.querySelectorAll('[aria-invalid]')) {
    control.removeAttribute('aria-invalid');
    control.removeAttribute('aria-errormessage');
    if (control.dataset.described) control.setAttribute('aria-describedby', control.dataset.described);
    else control.removeAttribute('aria-describedby');
  }
  for (const problem of element.querySelectorAll('.problem')) problem.remove();
}
