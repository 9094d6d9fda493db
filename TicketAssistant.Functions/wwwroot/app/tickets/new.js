import { post } from '../core/api.js';
import { h } from '../core/dom.js';
import { navigate } from '../core/router.js';
import { t } from '../core/text.js';
import { icon } from '../parts/icon.js';
import { field, form, input } from '../parts/form.js';
import { missing } from '../accounts/sign-in.js';
import { draftOf } from './draft.js';

const rest = 300; // milliseconds without typing before the draft is kept

/** /tickets/new. One draft has one Idempotency-Key from its first word on, so sending it twice makes one ticket. */
export function page({ signal }) {
  const store = draftOf('ticket');
  const kept = store.read();
  let key = kept.key ?? crypto.randomUUID();
  let timer;

  const saved = h('span', { class: 'saved', role: 'status' });
  const title = input({ maxlength: 200, required: true, autocomplete: 'off', value: kept.title, data: { autofocus: '' } });
  const description = h('textarea', { class: 'input', rows: 8, maxlength: 20000, required: true }, kept.description);
  const element = form(
    {
      className: 'compose',
      verb: [icon('send'), t('new.verb')],
      actions: [saved],
      check: missing,
      send,
    },
    field('title', t('field.title'), title, { hint: t('new.title.hint') }),
    field('description', t('field.description'), description, { hint: t('new.description.hint') }));
  element.addEventListener('input', () => {
    saved.replaceChildren();
    clearTimeout(timer);
    timer = setTimeout(keep, rest);
  });
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) element.requestSubmit();
  });
  signal.addEventListener('abort', () => { if (timer) keep(); });
  window.addEventListener('pagehide', () => { if (timer) keep(); }, { signal });

  function keep() {
    clearTimeout(timer);
    timer = null;
    if (!title.value && !description.value) store.remove();
    else if (store.write({ title: title.value, description: description.value, key })) saved.replaceChildren(icon('check', 'small'), t('new.saved'));
  }

  async function send(values) {
    keep();
    try {
      const { ticket } = await post('/api/tickets', { title: values.title.trim(), description: values.description.trim() }, { headers: { 'Idempotency-Key': key } });
      store.remove();
      await navigate(`/tickets/${ticket.id}`, { replace: true });
    } catch (error) {
      // An earlier wording has arrived under this key, although we never heard of it: this one is another ticket.
      if (error.status === 422) {
        key = crypto.randomUUID();
        keep();
      }
      throw error;
    }
  }

  return [
    h('div', { class: 'narrow' },
      h('div', { class: 'page-head' }, h('div', null, h('h1', null, t('nav.new')), h('p', null, t('new.text')))),
      h('div', { class: 'panel padded' }, element)),
  ];
}
