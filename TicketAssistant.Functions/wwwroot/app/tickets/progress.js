import { announce, h, replace } from '../core/dom.js';
import { t } from '../core/text.js';
import { icon } from '../parts/icon.js';

const names = ['received', 'analysed', 'assigned', 'told'];
const reached = {
  pending: 1, storing: 1, analyzing: 1, waiting_for_model: 1, awaiting_confirmation: 2, assigning: 2, waiting_for_assignee: 2, notifying: 3, done: 4,
};

/** The way of a new ticket in four steps, each of which appears as it happens. */
export function progress() {
  const element = h('ol', { class: 'steps panel', 'aria-label': t('progress.label') });
  let said = 0;

  /** Draws it for where the triage stands and what is known of the ticket. */
  function draw(triage, ticket) {
    // A ticket that waits for somebody goes on later, by another way: then it is the ticket that tells.
    const step = triage.step === 'waiting_for_assignee' && ticket.assignedTo ? 'done' : triage.step;
    const now = reached[step] ?? 1;
    replace(element, names.map((name, i) => {
      const state = i < now ? 'done' : i === now ? 'now' : 'open';
      return h('li', { class: 'step', data: { state, step: name }, 'aria-current': state === 'now' ? 'step' : null },
        h('span', { class: 'step-name' }, state === 'done' && icon('check', 'small'), h('strong', null, t(`progress.${name}`))),
        h('span', null, words(name, state, step, triage, ticket)));
    }));
    if (now > said && said > 0) announce(t(`progress.${names[now - 1]}`));
    said = now;
  }

  return { element, draw };
}

function words(name, state, step, triage, ticket) {
  const { assignedTo } = ticket;
  switch (name) {
    case 'received': return t('progress.received.text');
    case 'analysed':
      if (state === 'done') return `${t(`type.${ticket.type}`)}, ${t(`priority.${ticket.priority}`)}`;
      return step === 'waiting_for_model' ? t('progress.again', { n: triage.attempts }) : t('progress.analysing');
    case 'assigned':
      if (assignedTo) return h('bdi', null, assignedTo.name);
      if (step === 'awaiting_confirmation') return t('progress.confirming');
      return step === 'waiting_for_assignee' ? t('progress.nobody') : state === 'now' ? t('progress.assigning') : '';
    default:
      return state === 'done' ? t('progress.told.text') : '';
  }
}
