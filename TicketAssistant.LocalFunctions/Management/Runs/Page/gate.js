import * as api from './api.js';
import { h } from './dom.js';
import { alert } from './parts.js';

/** Asks for the management key until one fits. */
export function gate(main, onOpen) {
  const input = h('input', { class: 'input', id: 'key', type: 'password', autocomplete: 'off', spellcheck: 'false', required: true });
  const problem = h('div');
  const button = h('button', { type: 'submit', class: 'button primary' }, 'Show the runs');

  async function submit(event) {
    event.preventDefault();
    const key = input.value.trim();
    button.disabled = true;
    try {
      if (await api.isRight(key)) {
        api.rememberKey(key);
        onOpen();
        return;
      }
      problem.replaceChildren(alert('That is not the management key.'));
    } catch {
      problem.replaceChildren(alert('The host does not answer, or the key has characters that no key has.'));
    }
    button.disabled = false;
    input.select();
    input.focus();
  }

  main.replaceChildren(
    h('form', { class: 'panel gate', onsubmit: submit },
      h('h1', {}, 'Management key'),
      h('p', {}, 'Runs show what went into each step and what came out. The key is in ', h('code', {}, 'management-key.txt'), ' in the data directory; the console names it when the host starts.'),
      h('div', { class: 'field' }, h('label', { for: 'key' }, 'Key'), input),
      problem,
      button,
      h('p', { class: 'hint' }, 'Kept in this tab until it is closed.')));
  input.focus();
}
