import { h } from './dom.js';
import { alert } from './parts.js';

/**
 * Asks before something is done, does it, and closes when that worked. `act` gets the reason and the choice; when it
 * throws, the dialog stays and says why.
 */
export function confirm({ title, text, verb, danger = false, reason = true, choice }, act) {
  const opener = document.activeElement;
  const field = h('input', { class: 'input', id: 'reason', maxlength: '200', autocomplete: 'off' });
  const box = choice && h('input', { type: 'checkbox', id: 'choice', checked: true });
  const problem = h('div');
  const go = h('button', { type: 'submit', class: `button ${danger ? 'danger' : 'primary'}` }, verb);

  async function submit(event) {
    event.preventDefault();
    go.disabled = true;
    try {
      await act(field.value.trim(), box?.checked);
      dialog.close();
    } catch (error) {
      problem.replaceChildren(alert(error.message));
      go.disabled = false;
    }
  }

  const dialog = h('dialog', { 'aria-labelledby': 'dialog-title', 'aria-describedby': 'dialog-text' },
    h('form', { onsubmit: submit },
      h('h2', { id: 'dialog-title' }, title),
      h('p', { id: 'dialog-text' }, text),
      reason && h('div', { class: 'field' }, h('label', { for: 'reason' }, 'Reason (optional, kept with the run)'), field),
      box && h('label', { class: 'check', for: 'choice' }, box, choice),
      problem,
      h('div', { class: 'buttons' },
        h('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, 'Cancel'),
        go)));
  dialog.addEventListener('close', () => {
    dialog.remove();
    const again = opener?.isConnected ? opener : document.querySelector(`[data-focus="${CSS.escape(opener?.dataset?.focus ?? '')}"]`);
    (again ?? document.getElementById('main')).focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
