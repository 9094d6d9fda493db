import { get, patch } from '../core/api.js';
import { announce, h, replace } from '../core/dom.js';
import { percent } from '../core/format.js';
import { followList } from '../core/live.js';
import { session } from '../core/session.js';
import { t } from '../core/text.js';
import { icon } from '../parts/icon.js';
import { toast } from '../parts/toast.js';
import { readiness } from '../system/readiness.js';
import { row } from '../tickets/rows.js';
import { correct } from './correct.js';
import { settle } from './corrections.js';
import { retryFallbacks } from './retry.js';

const most = 50; // of each list; whoever has more needs the filters of the whole list

const lists = [
  { name: 'confirm', query: { triage: 'awaiting_confirmation', sort: 'age' }, all: '/tickets?triage=awaiting_confirmation&sort=age', extra: proposal },
  { name: 'nobody', query: { assignee: 'none', status: 'TODO', sort: 'priority' }, all: '/tickets?status=TODO&assignee=none&sort=priority', extra: waiting, only: isTriaged },
  { name: 'fallback', query: { triage: 'fallback', sort: 'age' }, all: '/tickets?triage=fallback&sort=age', extra: null, only: (ticket) => ticket.status !== 'DONE', head: () => session.isAdmin && retryFallbacks() },
];

/** /triage: how far the app decides by itself, and what waits for a person. Stays up to date by itself. */
export async function page({ signal }) {
  const parts = lists.map((list) => ({ ...list, element: h('div'), head: list.head?.() }));
  let known = null;

  async function load() {
    const pages = await Promise.all(parts.map(({ query }) => get('/api/tickets', { query: { assignee: 'all', ...query, limit: most }, signal })));
    const all = pages.map(({ tickets, next }, i) => ({ tickets: tickets.filter(parts[i].only ?? (() => true)), next }));
    const seen = JSON.stringify(all.map(({ tickets }) => tickets.map(({ id, version }) => [id, version])));
    if (seen === known?.seen) return;
    const first = new Set(all[0].tickets.map(({ id }) => id));
    if (known && [...first].some((id) => !known.first.has(id))) announce(t('triage.new'));
    known = { seen, first };
    parts.forEach(({ name, all: href, extra, element }, i) => replace(element, content(name, all[i], href, extra)));
  }

  const content = (name, { tickets, next }, href, extra) => (tickets.length === 0
    ? h('p', { class: 'soft quiet-note' }, icon('check', 'small'), ' ', t(`triage.${name}.none`))
    : h('div', { class: 'panel' },
      h('ul', { class: 'rows' }, tickets.map((ticket) => {
        const element = row(ticket);
        if (extra) element.append(h('div', { class: 'row-more' }, extra(ticket, act(element, ticket))));
        return element;
      })),
      next && h('p', { class: 'more' }, h('a', { href }, t('triage.all')))));

  /** Does something with a ticket, which leaves the list at once and comes back where the server refuses. */
  const act = (element, ticket) => async (send, done) => {
    element.hidden = true;
    try {
      await send(ticket);
      toast(t(done, { title: ticket.title }));
    } catch (error) {
      element.hidden = false;
      toast(error.message);
    }
    known = null;
    await load().catch((error) => { if (!['AbortError', 'Problem'].includes(error.name)) throw error; });
  };

  const [health] = await Promise.all([readiness(signal), load()]);
  followList(load, signal);
  return [
    h('div', { class: 'page-head' }, h('h1', null, t('nav.triage'))),
    h('div', { class: 'stack' },
      mode(health),
      parts.map(({ name, element, head }) => h('section', { 'aria-labelledby': `triage-${name}`, data: { list: name } },
        h('div', { class: 'section-head' }, h('h2', { id: `triage-${name}` }, t(`triage.${name}`)), h('p', { class: 'soft small-text' }, t(`triage.${name}.text`)), head),
        element))),
  ];
}

/** What the server says of how it triages. */
function mode({ triage, model }) {
  if (!triage) return null;
  const { mode: name, confirmBelow, confirmMinutes } = triage;
  const text = name === 'autonomous' ? t('triage.mode.autonomous.text')
    : confirmBelow >= 1 ? t('triage.mode.supervised.each', { n: confirmMinutes })
      : t('triage.mode.supervised.below', { percent: percent(confirmBelow), n: confirmMinutes });
  return h('section', { class: 'panel padded mode', 'aria-label': t('triage.mode'), data: { mode: name } },
    icon(name === 'autonomous' ? 'spark' : 'person'),
    h('div', null, h('p', { class: 'choice-title' }, t(`triage.mode.${name}`)), h('p', { class: 'soft' }, text),
      h('p', { class: 'soft small-text' }, `${t('system.model')}: ${t(`system.model.${model}`)}`)));
}

/** What the analysis proposes, and what can be said to it. */
function proposal(ticket, act) {
  const { triage } = ticket;
  return [
    h('p', { class: 'small-text' }, t('triage.proposes', { type: t(`type.${ticket.type}`), priority: t(`priority.${ticket.priority}`) }),
      triage.confidence !== null && [' ', h('span', { class: 'soft' }, t('triage.sure', { percent: percent(triage.confidence) }))]),
    h('div', { class: 'buttons' },
      h('button', { type: 'button', class: 'button', data: { focus: `confirm-${ticket.id}` }, 'aria-label': t('triage.confirm.of', { title: ticket.title }), onclick: () => act((proposed) => settle(proposed), 'triage.confirmed') },
        icon('check', 'small'), t('triage.confirm.verb')),
      h('button', { type: 'button', class: 'button quiet', data: { focus: `correct-${ticket.id}` }, 'aria-label': t('triage.correct.of', { title: ticket.title }), onclick: () => askAndCorrect(ticket, act) },
        icon('edit', 'small'), t('triage.correct.verb'))),
  ];
}

async function askAndCorrect(ticket, act) {
  // Sent by the dialog, which stays open with what was chosen until the server has taken it.
  if (await correct(ticket)) await act(async () => {}, 'triage.corrected');
}

/** Why nobody has it, and the way to take it. */
function waiting(ticket, act) {
  return [
    h('p', { class: 'small-text user-text' }, ticket.assignment?.reason ?? t('triage.nobody.unknown')),
    h('div', { class: 'buttons' },
      h('button', { type: 'button', class: 'button', data: { focus: `take-${ticket.id}` }, 'aria-label': t('triage.take.of', { title: ticket.title }), onclick: () => act(take, 'triage.taken') },
        t('ticket.take'))),
  ];
}

const take = ({ id, version }) => patch(`/api/tickets/${id}`, { assignedTo: 'me', version });

function isTriaged({ triage }) {
  return ['succeeded', 'fallback', 'failed'].includes(triage.state);
}
