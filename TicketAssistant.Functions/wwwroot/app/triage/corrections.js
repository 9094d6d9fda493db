// What the staff can put right in a proposal, on the ticket's page and in the dialog of the list.

import { get, post } from '../core/api.js';
import { h } from '../core/dom.js';
import { percent } from '../core/format.js';
import { t } from '../core/text.js';
import { field } from '../parts/form.js';
import { segments } from '../parts/segments.js';
import { tagField } from '../parts/tags.js';
import { priorities, types } from '../tickets/marks.js';

const mostSkills = 8;

/** The fields that hold what is proposed for a ticket; `changed` returns what somebody has put right in them. */
export function corrections(ticket) {
  const priority = segments('priority', t('field.priority'), [...priorities].reverse().map((value) => ({ value, name: t(`priority.${value}`) })), ticket.priority);
  const type = h('select', { class: 'input' }, types.map((value) => h('option', { value, selected: value === ticket.type }, t(`type.${value}`))));
  const skills = tagField('relatedSkills', t('field.skills'), ticket.relatedSkills, { hint: t('ticket.skills.hint'), max: mostSkills });
  const assignee = h('select', { class: 'input' }, h('option', { value: '' }, t('correct.assignee.best')));
  offerPeople(ticket, assignee);
  return {
    fields: [
      priority,
      h('div', { class: 'two' }, field('type', t('field.type'), type), field('assignedTo', t('field.assignee'), assignee, { hint: t('correct.assignee.hint') })),
      skills.element,
    ],
    changed() {
      const { value: chosen } = priority.querySelector(':checked');
      const wanted = skills.value();
      return {
        ...(chosen !== ticket.priority && { priority: chosen }),
        ...(type.value !== ticket.type && { type: type.value }),
        ...(wanted.join('\n') !== ticket.relatedSkills.join('\n') && { relatedSkills: wanted }),
        ...(assignee.value && { assignedTo: assignee.value }),
      };
    },
  };
}

/** Lets a proposal go ahead as it is, but for what is changed. Resolves to the ticket. */
export const settle = async ({ id, version }, changed = {}) => (await post(`/api/tickets/${id}/triage/confirm`, { ...changed, version })).ticket;

/** Who could take it, best first. Without them the app still chooses by itself, so a failure takes nothing away. */
async function offerPeople(ticket, select) {
  try {
    const { candidates } = await get(`/api/tickets/${ticket.id}/candidates`);
    select.append(...candidates.map(({ user, score, reason }) =>
      h('option', { value: user.id, title: reason }, score > 0 ? `${user.name} (${t('reassign.fits', { percent: percent(score) })})` : user.name)));
  } catch (error) {
    if (error.name !== 'Problem') throw error;
    select.append(h('option', { disabled: true }, error.message));
  }
}
