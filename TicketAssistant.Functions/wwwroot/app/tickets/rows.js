// Lists of tickets, page by page.

import { get } from '../core/api.js';
import { h } from '../core/dom.js';
import { since, until } from '../core/format.js';
import { session } from '../core/session.js';
import { t } from '../core/text.js';
import { shortcut } from '../core/shortcuts.js';
import { who } from '../parts/person.js';
import { keepFresh } from './fresh.js';
import { prioritySign, statusMark } from './marks.js';
import { followList, isSettled } from '../core/live.js';

const pageSize = 25;

/** One ticket in a list. */
export const row = (ticket, { showAssignee = true } = {}) => h('li', { data: { id: ticket.id, version: ticket.version, status: ticket.status } },
  h('div', { class: 'row-priority' }, prioritySign(ticket.priority)),
  h('div', { class: 'row-main' },
    h('a', { class: 'row-title', href: `/tickets/${ticket.id}`, data: { focus: `row-${ticket.id}` } }, ticket.title),
    h('p', { class: 'row-text' }, gist(ticket)),
    h('p', { class: 'row-facts' },
      h('span', null, isSettled(ticket) ? t(`type.${ticket.type}`) : t('triage.running')),
      h('span', null, since(ticket.createdAt)),
      deadline(ticket),
      ticket.createdBy.id !== session.user.id && h('span', null, t('row.from', { name: ticket.createdBy.name })),
      session.isStaff && ticket.relatedSkills.length > 0 && h('span', null, ticket.relatedSkills.slice(0, 4).join(', ')))),
  h('div', { class: 'row-end' },
    statusMark(ticket.status),
    showAssignee && (ticket.assignedTo ? who(ticket.assignedTo) : h('span', null, t('assignee.none')))));

/** Until when somebody has to act, for whoever may know. */
export const deadline = ({ acknowledgeBy, status }) => acknowledgeBy && status !== 'DONE' && h('span', { class: 'deadline' }, until(acknowledgeBy));

/** The summary, without the title where it begins with that: it stands just above. */
function gist({ title, summary, description }) {
  if (!summary || summary === title) return description;
  const begin = /[?!]$/.test(title) ? `${title} ` : `${title}: `;
  return summary.startsWith(begin) ? summary.slice(begin.length) : summary;
}

/**
 * A list that loads its first page at once, and the next ones when asked to.
 * @param query what to ask the API for.
 * @param whenEmpty what to show where there is nothing.
 * @param makeRow makes the row of a ticket.
 * @param reload begins anew, when somebody wants to see what is new.
 */
export async function ticketList(query, { whenEmpty, reload, signal, makeRow = row }) {
  const first = await fetchPage(query, null, signal);
  if (first.tickets.length === 0) {
    followList(async () => { if ((await fetchPage(query, null, signal)).tickets.length > 0) await reload(); }, signal);
    return h('div', { class: 'panel' }, whenEmpty());
  }
  const list = h('ul', { class: 'rows' }, first.tickets.map((ticket) => makeRow(ticket)));
  const more = h('div', { class: 'more' });
  const offer = keepFresh(list, { row: makeRow, reload, signal, read: () => fetchPage(query, null, signal) });
  const element = h('div', { class: 'panel' }, offer, list, more);
  offerMore(first.next);

  function offerMore(next) {
    if (!next) {
      more.remove();
      return;
    }
    const button = h('button', { type: 'button', class: 'button', onclick: load }, t('list.more'));
    async function load() {
      button.setAttribute('aria-busy', 'true');
      try {
        const page = await fetchPage(query, next, signal);
        const rows = page.tickets.map((ticket) => makeRow(ticket));
        list.append(...rows);
        // Whoever works by keyboard goes on where the new ones begin.
        rows[0]?.querySelector('a').focus();
        offerMore(page.next);
      } catch (error) {
        if (error.name === 'AbortError') return;
        button.removeAttribute('aria-busy');
        more.replaceChildren(h('p', { role: 'alert' }, error.message), button);
      }
    }
    more.replaceChildren(button);
  }

  return element;
}

const fetchPage = (query, cursor, signal) => get('/api/tickets', { query: { ...query, cursor, limit: pageSize }, signal });

/** Lets j and k go through the rows of the page. */
export function rowShortcuts(signal) {
  const move = (step) => () => {
    const links = [...document.querySelectorAll('.row-title')];
    const at = links.indexOf(document.activeElement);
    links[at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
  };
  shortcut('j', 'shortcuts.down', move(1), { signal });
  shortcut('k', 'shortcuts.up', move(-1), { signal });
}
