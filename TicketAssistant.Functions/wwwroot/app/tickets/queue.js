import { get } from '../core/api.js';
import { announce, h, replace } from '../core/dom.js';
import { followList } from '../core/live.js';
import { session } from '../core/session.js';
import { t } from '../core/text.js';
import { empty } from '../parts/states.js';
import { priorities } from './marks.js';
import { row, rowShortcuts } from './rows.js';

const most = 100; // of each status; whoever has more needs the filters of the whole list
const mostProposals = 10; // the rest come up as these are settled

/** /queue: what the person has to do, most urgent first, the oldest first among equals. Stays up to date by itself. */
export async function page({ signal }) {
  const count = h('p');
  const groups = h('div');
  let known = null;

  async function load() {
    const of = (status) => get('/api/tickets', { query: { assignee: 'me', status, sort: 'priority', limit: most }, signal });
    const [todo, inProgress, waiting, proposals] = await Promise.all([of('TODO'), of('IN_PROGRESS'), of('WAITING'), proposed(signal)]);
    const now = [...todo.tickets, ...inProgress.tickets].sort(byUrgency);
    const all = [...now, ...waiting.tickets];
    const seen = JSON.stringify([session.user.away, [...proposals, ...all].map(({ id, version }) => [id, version])]);
    if (seen === known?.seen) return;
    const added = known ? all.filter(({ id }) => !known.ids.has(id)).length : 0;
    known = { seen, ids: new Set(all.map(({ id }) => id)) };

    count.textContent = session.user.away ? t('queue.away') : now.length > 0 ? t('queue.count', { n: now.length }) : t('queue.nothing');
    replace(groups, group('queue.proposals', proposals), all.length === 0
      ? h('div', { class: 'panel' }, empty('check', t('queue.empty'), t('queue.empty.text'),
        h('a', { class: 'button', href: '/tickets?assignee=none' }, t('queue.unassigned'))))
      : [group('queue.now', now), group('queue.waiting', waiting.tickets)],
    (todo.next ?? inProgress.next ?? waiting.next) && h('p', { class: 'more soft' }, h('a', { href: '/tickets?assignee=me&sort=priority' }, t('queue.cut', { n: most }))));
    if (added > 0) announce(t('queue.added', { n: added }));
  }

  followList(load, signal);
  await load();
  rowShortcuts(signal);
  return [h('div', { class: 'page-head' }, h('h1', null, t('nav.queue')), count), groups];
}

/** What waits for somebody of the staff to confirm it; they are nobody's yet. */
const proposed = async (signal) => (await get('/api/tickets', {
  query: { triage: 'awaiting_confirmation', assignee: 'all', sort: 'priority', limit: mostProposals }, signal,
})).tickets;

const byUrgency = (a, b) =>
  priorities.indexOf(a.priority) - priorities.indexOf(b.priority) || Date.parse(a.createdAt) - Date.parse(b.createdAt);

const group = (title, tickets) => tickets.length > 0 && h('section', null,
  h('h2', { class: 'group-head' }, t(title), h('span', { class: 'number' }, tickets.length)),
  h('div', { class: 'panel' }, h('ul', { class: 'rows' }, tickets.map((ticket) => row(ticket, { showAssignee: false })))));
