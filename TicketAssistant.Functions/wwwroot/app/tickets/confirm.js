// Supervised mode: what the analysis proposes, until somebody of the staff confirms or corrects it.

import { get } from '../core/api.js';
import { h, replace } from '../core/dom.js';
import { short } from '../core/format.js';
import { session } from '../core/session.js';
import { t } from '../core/text.js';
import { form } from '../parts/form.js';
import { icon } from '../parts/icon.js';
import { toast } from '../parts/toast.js';
import { corrections, settle } from '../triage/corrections.js';

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
    const { fields, changed } = corrections(ticket);
    const verb = h('span', null, t('proposal.verb'));
    const box = form({ verb: [icon('check'), verb], send: () => send(changed()) }, fields);
    const name = () => { verb.textContent = t(Object.keys(changed()).length > 0 ? 'proposal.correct' : 'proposal.verb'); };
    box.addEventListener('change', name);
    box.addEventListener('click', (event) => { if (event.target.closest('.tag')) name(); });
    return h('section', { class: 'panel padded stack proposal', 'aria-labelledby': 'proposal' },
      h('h2', { id: 'proposal' }, icon('spark'), t('proposal.title')), h('p', null, t('proposal.text')), box, until);
  }

  async function send(change) {
    try {
      const settled = await settle(ticket, change);
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
