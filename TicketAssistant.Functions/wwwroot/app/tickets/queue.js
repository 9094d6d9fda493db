import { get } from '../core/api.js';
import { h } from '../core/dom.js';
import { session } from '../core/session.js';
import { t } from '../core/text.js';
import { empty } from '../parts/states.js';
import { priorities } from './marks.js';
import { row, rowShortcuts } from './rows.js';

const most = 100; // of each status; whoever has more needs the filters of the whole list

/** /queue: what the person has to do, most urgent first, the oldest first among equals. */
export async function page({ signal }) {
  const of = (status) => get('/api/tickets', { query: { assignee: 'me', status, limit: most }, signal });
  const [todo, inProgress, waiting] = await Promise.all([of('TODO'), of('IN_PROGRESS'), of('WAITING')]);
  const now = [...todo.tickets, ...inProgress.tickets].sort(byUrgency);
  const later = waiting.tickets.sort(byUrgency);
  const cut = todo.next ?? inProgress.next ?? waiting.next;

  rowShortcuts(signal);
  return [
    h('div', { class: 'page-head' },
      h('h1', null, t('nav.queue')),
      h('p', null, session.user.away ? t('queue.away') : t('queue.count', { n: now.length }))),
    now.length === 0 && later.length === 0
      ? h('div', { class: 'panel' }, empty('check', t('queue.empty'), t('queue.empty.text'),
        h('a', { class: 'button', href: '/tickets?assignee=none' }, t('queue.unassigned'))))
      : [group('queue.now', now), group('queue.waiting', later)],
    cut && h('p', { class: 'more soft' }, h('a', { href: '/tickets?assignee=me' }, t('queue.cut', { n: most }))),
  ].flat().filter(Boolean);
}

const byUrgency = (a, b) =>
  priorities.indexOf(a.priority) - priorities.indexOf(b.priority) || Date.parse(a.createdAt) - Date.parse(b.createdAt);

const group = (title, tickets) => tickets.length > 0 && h('section', null,
  h('h2', { class: 'group-head' }, t(title), h('span', { class: 'number' }, tickets.length)),
  h('div', { class: 'panel' }, h('ul', { class: 'rows' }, tickets.map((ticket) => row(ticket, { showAssignee: false })))));
