import { get, post } from '../core/api.js';
import { h, replace } from '../core/dom.js';
import { since } from '../core/format.js';
import { has, t } from '../core/text.js';
import { icon } from '../parts/icon.js';
import { segments } from '../parts/segments.js';
import { alert, skeleton } from '../parts/states.js';
import { toast } from '../parts/toast.js';

const pageSize = 25;
const states = ['failed', 'owed', 'suppressed', 'sent'];

/** The mails in one state, those that failed first of all, each of which can be sent again. */
export async function mails(signal) {
  let state = 'failed';
  const list = h('div', { 'aria-live': 'polite' });
  await load();
  return h('section', { class: 'panel padded stack', 'aria-labelledby': 'mails' },
    h('h2', { id: 'mails' }, t('mail.title')),
    segments('mail-state', t('field.status'), states.map((value) => ({ value, name: t(`mail.${value}`) })), state,
      (value) => { state = value; load(); }, { visibleLabel: false }),
    list);

  async function load() {
    const wanted = state;
    const waiting = setTimeout(() => list.replaceChildren(skeleton(3)), 200);
    try {
      const page = await get('/api/mails', { query: { state, limit: pageSize }, signal });
      if (wanted !== state) return;
      const rows = h('ul', { class: 'mails' }, page.mails.map(row));
      replace(list, page.mails.length === 0 ? h('p', { class: 'soft' }, t(`mail.${state}.none`)) : [rows, more(rows, page.next)]);
    } catch (error) {
      if (error.name !== 'AbortError') list.replaceChildren(alert(error.message));
    } finally {
      clearTimeout(waiting);
    }
  }

  function more(rows, next) {
    if (!next) return null;
    const button = h('button', { type: 'button', class: 'button', onclick }, t('list.more'));
    return h('div', { class: 'more' }, button);

    async function onclick() {
      const before = rows.childElementCount;
      try {
        const page = await get('/api/mails', { query: { state, limit: pageSize, cursor: next }, signal });
        rows.append(...page.mails.map(row));
        button.parentElement.replaceWith(more(rows, page.next) ?? '');
        // Whoever works by keyboard goes on where the new ones begin.
        rows.children[before]?.focus();
      } catch (error) {
        if (error.name !== 'AbortError') toast(error.message);
      }
    }
  }
}

function row(mail) {
  const element = h('li', { tabindex: '-1' });
  draw(mail);
  return element;

  function draw({ id, kind, ticketId, email, state, attempts, owedAt, sentAt, reason }) {
    replace(element,
      h('div', { class: 'mail-main' },
        h('p', null, h('strong', null, has(`mail.kind.${kind}`) ? t(`mail.kind.${kind}`) : kind), ' ', h('bdi', { class: 'soft' }, email ?? t('mail.gone'))),
        h('p', { class: 'soft small-text' }, since(sentAt ?? owedAt), ' · ', t('mail.attempts', { n: attempts }),
          ticketId && [' · ', h('a', { href: `/tickets/${ticketId}` }, t('ticket.number', { id: ticketId.slice(-8) }))]),
        reason && h('p', { class: 'user-text small-text' }, reason)),
      state === 'failed' && h('button', { type: 'button', class: 'button', onclick: () => again(id) }, icon('retry', 'small'), t('mail.retry')));
  }

  async function again(id) {
    try {
      draw((await post(`/api/mails/${encodeURIComponent(id)}/retry`)).mail);
      toast(t('mail.retried'));
    } catch (error) {
      toast(error.message);
    }
  }
}
