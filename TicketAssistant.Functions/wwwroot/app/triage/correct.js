import { get, post } from '../core/api.js';
import { h } from '../core/dom.js';
import { percent } from '../core/format.js';
import { t } from '../core/text.js';
import { openDialog } from '../parts/dialog.js';
import { field, form } from '../parts/form.js';
import { segments } from '../parts/segments.js';
import { tagField } from '../parts/tags.js';
import { priorities, types } from '../tickets/marks.js';

/** A dialog in which staff says what a proposal should have been. Resolves to the ticket as it goes ahead, or null. */
export const correct = (ticket) => openDialog(t('triage.correct.title'), (close) => {
  const skills = tagField('relatedSkills', t('field.skills'), ticket.relatedSkills, { hint: t('ticket.skills.hint'), max: 8 });
  const assignee = h('select', { class: 'input' }, h('option', { value: '' }, t('triage.correct.app')));
  offerPeople(ticket, assignee);
  return [
    h('p', { class: 'user-text' }, ticket.title),
    form(
      {
        verb: t('triage.correct.send'),
        send: async ({ type, priority, assignedTo }) => close((await post(`/api/tickets/${ticket.id}/triage/confirm`, {
          type, priority, relatedSkills: skills.value(), ...(assignedTo && { assignedTo }), version: ticket.version,
        })).ticket),
        actions: [h('button', { type: 'button', class: 'button', onclick: () => close() }, t('cancel'))],
      },
      field('type', t('field.type'), h('select', { class: 'input', data: { autofocus: '' } }, types.map((type) => h('option', { value: type, selected: type === ticket.type }, t(`type.${type}`))))),
      segments('priority', t('field.priority'), [...priorities].reverse().map((value) => ({ value, name: t(`priority.${value}`) })), ticket.priority),
      skills.element,
      field('assignedTo', t('field.assignee'), assignee, { hint: t('triage.correct.hint') })),
  ];
});

/** Who could take it, best first. Without them the app still chooses by itself, so a failure takes nothing away. */
async function offerPeople(ticket, select) {
  try {
    const { candidates } = await get(`/api/tickets/${ticket.id}/candidates`);
    select.append(...candidates.map(({ user, score }) => h('option', { value: user.id }, score > 0 ? `${user.name} (${t('reassign.fits', { percent: percent(score) })})` : user.name)));
  } catch (error) {
    if (error.name !== 'Problem') throw error;
    select.append(h('option', { disabled: true }, error.message));
  }
}
