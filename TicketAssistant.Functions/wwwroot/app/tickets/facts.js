// What stands beside a ticket's text.

import { h } from '../core/dom.js';
import { exact, percent, short, since } from '../core/format.js';
import { t } from '../core/text.js';
import { icon } from '../parts/icon.js';
import { who } from '../parts/person.js';
import { priorityMark, statusMark } from './marks.js';

/** The ticket's properties. */
export const facts = (ticket) => h('section', { class: 'panel', 'aria-labelledby': 'facts' },
  h('h2', { id: 'facts', class: 'visually-hidden' }, t('ticket.facts')),
  h('dl', { class: 'facts' },
    fact('field.status', statusMark(ticket.status)),
    fact('field.assignee', ticket.assignedTo ? who(ticket.assignedTo) : t('assignee.none')),
    fact('field.priority', priorityMark(ticket.priority)),
    fact('field.type', t(`type.${ticket.type}`)),
    fact('field.requester', who(ticket.createdBy)),
    ticket.relatedSkills.length > 0 && fact('field.skills', tags(ticket.relatedSkills)),
    fact('field.created', h('time', { datetime: ticket.createdAt, title: exact(ticket.createdAt) }, short(ticket.createdAt))),
    fact('field.updated', since(ticket.updatedAt))));

const fact = (label, ...value) => h('div', null, h('dt', null, t(label)), h('dd', null, value));
const tags = (skills, match = false) => h('span', { class: 'tags' }, skills.map((skill) => h('span', { class: match ? 'tag match' : 'tag' }, skill)));

/** For staff: why the ticket went to whom it went, and what the analysis says of itself. */
export function why(ticket) {
  const { assignment, triage } = ticket;
  if (!assignment && !triage.reason) return null;
  return h('section', { class: 'panel why', 'aria-labelledby': 'why' },
    h('h2', { id: 'why' }, ticket.assignedTo ? t('why.title', { name: ticket.assignedTo.name }) : t('why.nobody')),
    assignment && h('p', { class: 'user-text' }, assignment.reason),
    assignment?.matchedSkills.length > 0 && h('div', null, h('p', { class: 'soft small-text' }, t('why.matched')), tags(assignment.matchedSkills, true)),
    triage.reason && h('details', null,
      h('summary', null, t('why.analysis')),
      h('p', { class: 'user-text soft small-text' }, triage.reason)),
    h('p', { class: 'soft small-text' }, source(triage)));
}

function source({ state, source: by, model, confidence }) {
  const name = by === null ? t(`triage.${state}`) : by === 'offline' ? t('source.offline') : by === 'human' ? t('source.human') : model ?? by;
  return confidence === null ? name : t('source.sure', { name, percent: percent(confidence) });
}

/** For staff: the summary, and what may help whoever takes the ticket. */
export function assist(ticket) {
  if (!ticket.summary && !ticket.helpfulNotes) return null;
  return h('section', { class: 'panel padded assist', 'aria-labelledby': 'assist' },
    h('h2', { id: 'assist' }, icon('spark'), t('assist.title')),
    ticket.summary && h('p', { class: 'user-text' }, ticket.summary),
    ticket.helpfulNotes && h('ul', { class: 'notes' },
      ticket.helpfulNotes.split('\n').filter(Boolean).map((line) => h('li', { class: 'user-text' }, line))));
}
