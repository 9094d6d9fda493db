// What stands beside a ticket's text: its properties, each changed in one click by whoever may.

import { h } from '../core/dom.js';
import { exact, short, since } from '../core/format.js';
import { t } from '../core/text.js';
import { icon } from '../parts/icon.js';
import { who } from '../parts/person.js';
import { priorities, priorityMark, statuses, statusMark, types } from './marks.js';
import { picker } from './picker.js';
import { mayBecome, mayClose, mayTake, mayWork } from './rights.js';

/**
 * The ticket's properties.
 * @param change sends a change of some of them.
 * @param actions what else there is: take, reassign, skills.
 */
export function facts(ticket, change, actions) {
  const works = mayWork(ticket);
  return h('section', { class: 'panel', 'aria-labelledby': 'facts' },
    h('h2', { id: 'facts', class: 'visually-hidden' }, t('ticket.facts')),
    works && h('div', { class: 'pickers' },
      h('div', null, h('p', { class: 'fact-name' }, t('field.status')),
        picker('status', statuses, ticket.status, (status) => change({ status }), (status) => mayBecome(ticket, status))),
      h('div', null, h('p', { class: 'fact-name' }, t('field.priority')),
        picker('priority', [...priorities].reverse(), ticket.priority, (priority) => change({ priority })))),
    h('dl', { class: 'facts' },
      !works && fact('field.status', statusMark(ticket.status)),
      fact('field.assignee', ticket.assignedTo ? who(ticket.assignedTo) : t('assignee.none')),
      !works && fact('field.priority', priorityMark(ticket.priority)),
      fact('field.type', works ? typeChoice(ticket, change) : t(`type.${ticket.type}`)),
      fact('field.requester', who(ticket.createdBy)),
      (works || ticket.relatedSkills.length > 0) && fact('field.skills', skills(ticket, works && actions.editSkills)),
      fact('field.created', h('time', { datetime: ticket.createdAt, title: exact(ticket.createdAt) }, short(ticket.createdAt))),
      fact('field.updated', since(ticket.updatedAt))),
    buttons(ticket, change, actions));
}

const fact = (label, ...value) => h('div', null, h('dt', null, t(label)), h('dd', null, value));

const typeChoice = (ticket, change) =>
  h('select', { class: 'input slim', 'aria-label': t('field.type'), data: { focus: 'type' }, onchange: (event) => change({ type: event.target.value }) },
    types.map((type) => h('option', { value: type, selected: type === ticket.type }, t(`type.${type}`))));

const skills = (ticket, edit) => h('span', { class: 'tags' },
  ticket.relatedSkills.map((skill) => h('span', { class: 'tag' }, skill)),
  edit && h('button', { type: 'button', class: 'button quiet mini', 'aria-label': t('ticket.skills.edit'), data: { focus: 'skills' }, onclick: edit }, icon('edit', 'small')));

function buttons(ticket, change, { take, reassign }) {
  const list = [
    mayTake(ticket) && h('button', { type: 'button', class: 'button primary', data: { focus: 'take' }, onclick: take }, t('ticket.take')),
    mayWork(ticket) && ticket.status !== 'DONE' && h('button', { type: 'button', class: 'button', data: { focus: 'reassign' }, onclick: reassign }, t('ticket.reassign')),
    mayClose(ticket) && ticket.status !== 'DONE' && h('button', { type: 'button', class: 'button', data: { focus: 'close' }, onclick: () => change({ status: 'DONE' }) }, icon('check'), t('ticket.solve')),
    mayClose(ticket) && ticket.status === 'DONE' && h('button', { type: 'button', class: 'button', data: { focus: 'close' }, onclick: () => change({ status: 'TODO' }) }, icon('retry'), t('ticket.reopen')),
  ].filter(Boolean);
  return list.length > 0 && h('div', { class: 'buttons fact-buttons' }, list);
}
