// For staff: what the analysis made of a ticket, and what they think of it.

import { post } from '../core/api.js';
import { h } from '../core/dom.js';
import { percent } from '../core/format.js';
import { t } from '../core/text.js';
import { openDialog } from '../parts/dialog.js';
import { field, form } from '../parts/form.js';
import { icon } from '../parts/icon.js';
import { toast } from '../parts/toast.js';
import { skillTag } from '../people/skills.js';

/** The summary, and what may help whoever takes the ticket. */
export function assist(ticket, show) {
  if (!ticket.summary && !ticket.helpfulNotes) return null;
  return h('section', { class: 'panel padded assist', 'aria-labelledby': 'assist' },
    h('div', { class: 'assist-head' }, h('h2', { id: 'assist' }, icon('spark'), t('assist.title')), judge(ticket, show)),
    ticket.summary && h('p', { class: 'user-text' }, ticket.summary),
    ticket.helpfulNotes && h('ul', { class: 'notes' },
      ticket.helpfulNotes.split('\n').filter(Boolean).map((line) => h('li', { class: 'user-text' }, line))));
}

/** Why it went to whom it went, and what the analysis says of itself. */
export function why(ticket) {
  const { assignment, triage } = ticket;
  if (!assignment && !triage.reason) return null;
  return h('section', { class: 'panel why', 'aria-labelledby': 'why' },
    h('h2', { id: 'why' }, ticket.assignedTo ? t('why.title', { name: ticket.assignedTo.name }) : t('why.nobody')),
    assignment && h('p', { class: 'user-text' }, assignment.reason),
    assignment?.matchedSkills.length > 0 && h('div', null,
      h('p', { class: 'soft small-text' }, t('why.matched')),
      h('span', { class: 'tags' }, assignment.matchedSkills.map((skill) => skillTag(skill, { match: true })))),
    triage.reason && h('details', null,
      h('summary', { data: { focus: 'reason' } }, t('why.analysis')),
      h('p', { class: 'user-text soft small-text' }, triage.reason)),
    h('p', { class: 'soft small-text' }, source(triage)));
}

function source({ state, source: by, model, confidence }) {
  const name = by === null ? t(`triage.${state}`) : by === 'offline' ? t('source.offline') : by === 'human' ? t('source.human') : model ?? by;
  return confidence === null || by === 'human' ? name : t('source.sure', { name, percent: percent(confidence) });
}

/** Thumbs up or down; the last judgement counts. */
function judge(ticket, show) {
  const thumb = (helpful) => h('button', {
    type: 'button',
    class: 'button quiet square',
    'aria-label': t(helpful ? 'feedback.helpful' : 'feedback.unhelpful'),
    title: t(helpful ? 'feedback.helpful' : 'feedback.unhelpful'),
    'aria-pressed': String(ticket.feedback?.helpful === helpful),
    data: { focus: `feedback-${helpful}` },
    onclick: () => ask(ticket, helpful, show),
  }, icon(helpful ? 'helpful' : 'unhelpful'));
  return h('div', { class: 'buttons', role: 'group', 'aria-label': t('feedback.label') }, thumb(true), thumb(false));
}

const ask = (ticket, helpful, show) => openDialog(t(helpful ? 'feedback.helpful' : 'feedback.unhelpful'), (close) => [
  form(
    {
      verb: t('feedback.verb'),
      send: async ({ reason }) => {
        const reply = await post(`/api/tickets/${ticket.id}/feedback`, { helpful, ...(reason.trim() && { reason: reason.trim() }) });
        close();
        show(reply.ticket);
        toast(t('feedback.thanks'));
      },
    },
    field('reason', t('feedback.reason'), h('textarea', { class: 'input', maxlength: 1000, rows: 3, data: { autofocus: '' } }, ticket.feedback?.reason), { hint: t('feedback.hint') })),
]);
