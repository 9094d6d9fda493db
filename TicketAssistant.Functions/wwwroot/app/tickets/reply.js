import { post } from '../core/api.js';
import { announce, h } from '../core/dom.js';
import { session } from '../core/session.js';
import { t } from '../core/text.js';
import { form } from '../parts/form.js';
import { icon } from '../parts/icon.js';
import { draftOf } from './draft.js';

const rest = 300; // milliseconds without typing before the draft is kept

/**
 * Where somebody answers: to all, or, for staff, as a note that the requester never sees.
 * @param onSent gets the reply: the new entry, and what it made of the ticket.
 */
export function replyForm(ticket, onSent) {
  const store = draftOf(`reply:${ticket.id}`);
  const kept = store.read();
  let internal = session.isStaff && kept.internal === true;
  let timer;

  const text = h('textarea', { class: 'input', id: 'reply', name: 'body', rows: 3, maxlength: 10000, required: true }, kept.body);
  const tabs = ['reply', 'note'].map((kind) => h('button', { type: 'button', class: 'tab', onclick: () => choose(kind === 'note') },
    icon(kind === 'note' ? 'lock' : 'reply', 'small'), t(`reply.${kind}`)));
  const verb = h('span');
  const element = form(
    {
      className: 'reply stack',
      verb: [icon('send'), verb],
      check: ({ body }) => (body.trim() ? {} : { body: t('missing.body') }),
      send: async ({ body }) => {
        const reply = await post(`/api/tickets/${ticket.id}/comments`, { body: body.trim(), internal });
        text.value = '';
        store.remove();
        announce(t('reply.sent'));
        onSent(reply);
      },
      actions: [h('span', { class: 'soft small-text' }, t('reply.hint'))],
    },
    session.isStaff && h('div', { class: 'tabs', role: 'group', 'aria-label': t('reply.kind') }, tabs),
    h('div', { class: 'field', data: { field: 'body' } }, h('label', { for: 'reply', class: 'visually-hidden' }), text));
  const label = element.querySelector('label');

  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) element.requestSubmit();
  });
  text.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(keep, rest);
  });
  const keep = () => (text.value ? store.write({ body: text.value, internal }) : store.remove());

  function choose(isNote) {
    internal = isNote;
    element.classList.toggle('internal', internal);
    tabs.forEach((tab, i) => tab.setAttribute('aria-pressed', String(i === Number(internal))));
    text.placeholder = t(internal ? 'reply.note.placeholder' : session.isStaff ? 'reply.placeholder.staff' : 'reply.placeholder');
    label.textContent = t(internal ? 'reply.note' : 'reply.reply');
    verb.textContent = t(internal ? 'reply.note.verb' : 'reply.verb');
    if (text.value) keep();
  }

  choose(internal);
  return {
    element: h('div', { class: 'panel padded' }, element),
    /** Puts the cursor into it, as an answer or as a note. */
    focus(isNote) {
      if (session.isStaff) choose(isNote);
      text.focus();
    },
  };
}
