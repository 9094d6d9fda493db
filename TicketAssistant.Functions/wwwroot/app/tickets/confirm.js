// Supervised mode: what the analysis proposes, until somebody of the staff confirms or corrects it.

import { get, post } from '../core/api.js';
import { h, replace } from '../core/dom.js';
import { short } from '../core/format.js';
import { session } from '../core/session.js';
import { t } from '../core/text.js';
import { field, form } from '../parts/form.js';
import { icon } from '../parts/icon.js';
import { segments } from '../parts/segments.js';
import { tagField } from '../parts/tags.js';
import { toast } from '../parts/toast.js';
import { priorities, types } from './marks.js';

const mostSkills = 8;

/**
 * The proposal of a ticket; nothing where none waits, and nothing for the requester.
 * @param onSettled gets the ticket as it is after a decision, this person's or another's.
 */
export function proposal(onSettled) {
  const element = h('div');
  let ticket = null;
  let asked = 0; // the revision whose form is there
  const until = h('p', { class: 'soft small-text' });

  /** Draws it; what somebody has begun to correct stays. */
  function draw(latest) {
    ticket = latest;
    const { triage } = ticket;
    const waits = session.isStaff && triage.state === 'awaiting_confirmation';
    if (!waits) {
      asked = 0;
      element.replaceChildren();
    } else if (asked !== triage.revision) {
      asked = triage.revision;
      replace(element, panel());
    }
  }

  /** Says until when it waits. */
  function drawTriage({ confirmUntil }) {
    until.textContent = confirmUntil ? t('proposal.until', { when: short(confirmUntil) }) : '';
  }

  function panel() {
    const shown = ticket;
    const skills = tagField('relatedSkills', t('field.skills'), shown.relatedSkills, { hint: t('ticket.skills.hint'), max: mostSkills });
    const type = h('select', { class: 'input' }, types.map((value) => h('option', { value, selected: value === shown.type }, t(`type.${value}`))));
    const assignee = h('select', { class: 'input' }, h('option', { value: '' }, t('proposal.assignee.best')));
    const verb = h('span', null, t('proposal.verb'));
    const box = form(
      { verb: [icon('check'), verb], send: () => send(corrections()) },
      segments('priority', t('field.priority'), [...priorities].reverse().map((value) => ({ value, name: t(`priority.${value}`) })), shown.priority),
      h('div', { class: 'two' }, field('type', t('field.type'), type), field('assignedTo', t('field.assignee'), assignee)),
      skills.element);
    const corrections = () => {
      const { priority } = Object.fromEntries(new FormData(box));
      const wanted = skills.value();
      return {
        ...(priority !== shown.priority && { priority }),
        ...(type.value !== shown.type && { type: type.value }),
        ...(wanted.join('\n') !== shown.relatedSkills.join('\n') && { relatedSkills: wanted }),
        ...(assignee.value && { assignedTo: assignee.value }),
      };
    };
    const name = () => { verb.textContent = t(Object.keys(corrections()).length > 0 ? 'proposal.correct' : 'proposal.verb'); };
    box.addEventListener('change', name);
    box.addEventListener('click', (event) => { if (event.target.closest('.tag')) name(); });
    offer(assignee);
    return h('section', { class: 'panel padded stack proposal', 'aria-labelledby': 'proposal' },
      h('h2', { id: 'proposal' }, icon('spark'), t('proposal.title')), h('p', null, t('proposal.text')), box, until);
  }

  /** Who could have it, best first. */
  async function offer(select) {
    try {
      const { candidates } = await get(`/api/tickets/${ticket.id}/candidates`);
      select.append(...candidates.map(({ user, reason }) => h('option', { value: user.id, title: reason }, user.name)));
    } catch (error) {
      // Without the list the best one takes it, as the first choice says.
      if (error.name !== 'Problem') throw error;
    }
  }

  async function send(change) {
    try {
      const { ticket: settled } = await post(`/api/tickets/${ticket.id}/triage/confirm`, { ...change, version: ticket.version });
      toast(t(Object.keys(change).length > 0 ? 'proposal.corrected' : 'proposal.confirmed'));
      onSettled(settled);
    } catch (error) {
      if (error.status !== 409) throw error;
      // Somebody else was first, or the time was over: shown as it is now, with the reason.
      toast(error.message);
      onSettled((await get(`/api/tickets/${ticket.id}`)).ticket);
    }
  }

  return { element, draw, drawTriage };
}
