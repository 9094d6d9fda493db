import { get, post } from '../core/api.js';
import { h, replace } from '../core/dom.js';
import { since } from '../core/format.js';
import { has, t } from '../core/text.js';
import { icon } from '../parts/icon.js';
import { paged, results } from '../parts/paged.js';
import { segments } from '../parts/segments.js';
import { toast } from '../parts/toast.js';

const pageSize = 25;
const states = ['failed', 'owed', 'suppressed', 'sent'];
const pause = 1000; // milliseconds between two looks at a mail that is on its way again
const looks = 60; // and how many there are, before whoever waits has to look themselves

/** The mails in one state, those that failed first of all, each of which can be sent again. */
export async function mails(signal) {
  let state = 'failed';
  const list = results(find, signal);
  await list.load();
  return h('section', { class: 'panel padded stack', 'aria-labelledby': 'mails' },
    h('h2', { id: 'mails' }, t('mail.title')),
    segments('mail-state', t('field.status'), states.map((value) => ({ value, name: t(`mail.${value}`) })), state,
      (value) => { state = value; list.load(); }, { visibleLabel: false }),
    list.element);

  async function find(stop) {
    const wanted = state;
    const found = await paged('mails', async (cursor) => {
      const { mails: items, next } = await get('/api/mails', { query: { state: wanted, limit: pageSize, cursor }, signal: stop });
      return { items, next };
    }, (mail) => row(mail, stop));
    return h('div', null, found ?? h('p', { class: 'soft' }, t(`mail.${wanted}.none`)));
  }
}

function row(mail, signal) {
  const element = h('li', { tabindex: '-1' });
  draw(mail);
  return element;

  /** @param news whether to say what became of it. */
  function draw({ id, kind, ticketId, email, state, attempts, owedAt, sentAt, reason }, news = false) {
    replace(element,
      h('div', { class: 'mail-main' },
        h('p', null, h('strong', null, has(`mail.kind.${kind}`) ? t(`mail.kind.${kind}`) : kind), ' ', h('bdi', { class: 'soft' }, email ?? t('mail.gone'))),
        h('p', { class: 'soft small-text' }, since(sentAt ?? owedAt), ' · ', t('mail.attempts', { n: attempts }),
          ticketId && [' · ', h('a', { href: `/tickets/${ticketId}` }, t('ticket.number', { id: ticketId.slice(-8) }))]),
        reason && h('p', { class: 'user-text small-text' }, reason)),
      news && h('p', { class: 'mail-news small-text', data: { state } }, icon(state === 'sent' ? 'check' : state === 'owed' ? 'clock' : 'alert', 'small'), t(`mail.news.${state}`)),
      state === 'failed' && h('button', { type: 'button', class: 'button', data: { focus: `mail-${id}` }, onclick: () => again(id) }, icon('retry', 'small'), t('mail.retry')));
  }

  async function again(id) {
    const path = `/api/mails/${encodeURIComponent(id)}`;
    try {
      let { mail: latest } = await post(`${path}/retry`);
      draw(latest, true);
      element.focus(); // its button is gone
      toast(t('mail.retried'));
      for (let i = 0; i < looks && latest.state === 'owed'; i++) {
        await new Promise((resolve) => setTimeout(resolve, pause));
        ({ mail: latest } = await get(path, { signal }));
        if (latest.state !== 'owed') draw(latest, true);
      }
    } catch (error) {
      if (error.name !== 'AbortError') toast(error.message);
    }
  }
}
